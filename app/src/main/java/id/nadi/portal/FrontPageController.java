package id.nadi.portal;

import id.nadi.tenancy.CurrentTenant;
import id.nadi.tenancy.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The demo's page over all tenants: who they are, what is being sold now, what to try next. */
@Controller
@ConditionalOnBooleanProperty("nadi.demo")
class FrontPageController {
    private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Tenants tenants;
    private final OrderEvents events;
    private final Environment environment;

    FrontPageController(Tenants tenants, OrderEvents events, Environment environment) {
        this.tenants = tenants;
        this.events = events;
        this.environment = environment;
    }

    @GetMapping("/")
    String page(HttpServletRequest request, Model model) {
        requireThisMachine(request);
        model.addAttribute("tenants", tenants.all());
        model.addAttribute("orders", events.last());
        model.addAttribute("host", request.getServerName() + ":" + request.getServerPort());
        model.addAttribute("port", request.getServerPort());
        model.addAttribute("dataDir", environment.getProperty("nadi.data-dir", "data"));
        model.addAttribute("sandboxUrl", environment.getProperty("nadi.sandbox-url", ""));
        return "portal/front";
    }

    @GetMapping("/demo/orders")
    SseEmitter orders(HttpServletRequest request) {
        requireThisMachine(request);
        return events.listen();
    }

    /**
     * Only from this machine, and only by its own names: a foreign page whose name was made to point here must not read it.
     */
    private static void requireThisMachine(HttpServletRequest request) {
        boolean byName = LOCAL_NAMES.contains(request.getServerName()) && CurrentTenant.idOrNull() == null;
        if (!byName || !isLoopback(request.getRemoteAddr())) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }
}
