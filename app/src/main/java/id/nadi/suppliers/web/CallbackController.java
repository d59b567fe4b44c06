package id.nadi.suppliers.web;

import id.nadi.suppliers.SupplierMessages;
import id.nadi.suppliers.SupplierMessages.Receipt;
import id.nadi.tenancy.CurrentTenant;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /callbacks/<provider>/<connection key>} of a tenant: bounded, verified, stored, then answered. */
@RestController
class CallbackController {
    private final SupplierMessages messages;
    private final int bodyBytesMax;

    CallbackController(SupplierMessages messages, @Value("${nadi.callbacks.body-max-bytes:262144}") int bodyBytesMax) {
        this.messages = messages;
        this.bodyBytesMax = bodyBytesMax;
    }

    @PostMapping("/callbacks/{provider}/{connectionKey}")
    ResponseEntity<Map<String, String>> receive(
            @PathVariable String provider, @PathVariable String connectionKey, HttpServletRequest request)
            throws IOException {
        if (CurrentTenant.idOrNull() == null) {
            return answer(HttpStatus.NOT_FOUND, "unknown");
        }
        byte[] body = request.getInputStream().readNBytes(bodyBytesMax + 1);
        if (body.length > bodyBytesMax) {
            return answer(HttpStatus.CONTENT_TOO_LARGE, "too large");
        }
        Map<String, String> headers = new HashMap<>();
        request.getHeaderNames()
                .asIterator()
                .forEachRemaining(name -> headers.put(name.toLowerCase(Locale.ROOT), request.getHeader(name)));
        Receipt receipt = messages.receive(provider, connectionKey, headers, body, request.getRemoteAddr());
        return switch (receipt) {
            case TAKEN -> answer(HttpStatus.OK, "ok");
            case NOT_GENUINE -> answer(HttpStatus.BAD_REQUEST, "signature");
            case UNKNOWN_CONNECTION -> answer(HttpStatus.NOT_FOUND, "unknown");
        };
    }

    private static ResponseEntity<Map<String, String>> answer(HttpStatus status, String message) {
        return ResponseEntity.status(status).body(Map.of("message", message));
    }
}
