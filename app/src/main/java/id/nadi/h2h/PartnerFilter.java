package id.nadi.h2h;

import id.nadi.identity.ApiKey;
import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Refusal;
import id.nadi.kernel.RefusedException;
import id.nadi.kernel.Throttle;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.web.Answers;
import id.nadi.web.BufferedRequest;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The door's doorman: bounds and keeps the body, checks who signed it, counts against the key's limits, and binds the
 * key's tenant for all that follows.
 */
@Component
@Order(0) // Behind Spring Security's filters, so that its headers stand on what is refused here too.
class PartnerFilter extends OncePerRequestFilter {
    private static final PathPattern DOOR = PathPatternParser.defaultInstance.parse("/api/v1/**");

    /** Suppliers' callbacks under the same root; they prove themselves in their own way. */
    private static final PathPattern CALLBACKS = PathPatternParser.defaultInstance.parse("/api/v1/callbacks/**");

    private record Allowed(UUID key, boolean orders, int perMinute) {}

    private final Signatures signatures;
    private final PartnerLimits limits;
    private final Answers answers;
    private final Throttle throttle = new Throttle();

    PartnerFilter(Signatures signatures, PartnerLimits limits, Answers answers) {
        this.signatures = signatures;
        this.limits = limits;
        this.answers = answers;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        PathContainer path = ServletRequestPathUtils.parse(request).pathWithinApplication();
        return !DOOR.matches(path) || CALLBACKS.matches(path);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        BufferedRequest buffered;
        ApiKey key;
        try {
            buffered = BufferedRequest.of(request, limits.bodyMaxBytes());
            key = signatures.verified(buffered);
            count(key, request, response);
        } catch (RefusedException refused) {
            answers.refuse(request, response, refused.refusal());
            return;
        }
        buffered.setAttribute(Partner.ATTRIBUTE, Partner.of(key));
        proceed(key, buffered, response, chain);
    }

    private void count(ApiKey key, HttpServletRequest request, HttpServletResponse response) {
        boolean orders = request.getMethod().equals("POST");
        int perMinute = orders ? key.ordersPerMinute() : key.readsPerMinute();
        Throttle.Allowance allowance = throttle.take(new Allowed(key.id(), orders, perMinute), perMinute);
        response.setHeader("RateLimit-Limit", Long.toString(allowance.limit()));
        response.setHeader("RateLimit-Remaining", Long.toString(allowance.remaining()));
        response.setHeader("RateLimit-Reset", Long.toString(allowance.resetSeconds()));
        if (!allowance.allowed()) {
            throw Refusal.of(ErrorCode.RATE_LIMITED, allowance.resetSeconds()).asException();
        }
    }

    private static void proceed(ApiKey key, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            CurrentTenant.call(key.tenant(), () -> {
                chain.doFilter(request, response);
                return key;
            });
        } catch (ServletException | IOException | RuntimeException expected) {
            throw expected;
        } catch (Exception other) {
            throw new ServletException(other);
        }
    }
}
