package id.nadi.tenancy.web;

import id.nadi.kernel.TenantId;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.tenancy.Tenants;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Binds the tenant that a request is for: by host ({@code <slug>.<base host>}) or by path ({@code /t/<slug>/…}). The path's
 * prefix becomes the request's context path, so that everything behind this filter is written once and links lead back.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class TenantFilter extends OncePerRequestFilter {
    private static final Pattern BY_PATH = Pattern.compile("(/t/([^/]+))(/.*)?");

    private final Tenants tenants;
    private final String hostSuffix;

    TenantFilter(Tenants tenants, @Value("${nadi.base-host:localhost}") String baseHost) {
        this.tenants = tenants;
        this.hostSuffix = "." + baseHost.toLowerCase(Locale.ROOT);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<TenantId> byHost = tenantOf(request.getServerName());
        Matcher path = BY_PATH.matcher(request.getRequestURI());
        if (!path.matches()) {
            proceed(byHost.orElse(null), request, response, chain);
            return;
        }
        Optional<TenantId> byPath = tenants.bySlug(path.group(2));
        // A path may name its tenant on the base host; on a tenant's own host it cannot lead to another one.
        if (byPath.isEmpty() || byHost.isPresent() && !byHost.equals(byPath)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        proceed(byPath.get(), new Prefixed(request, path.group(1)), response, chain);
    }

    private static void proceed(
            @Nullable TenantId tenant, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (tenant == null) {
            chain.doFilter(request, response);
            return;
        }
        try {
            CurrentTenant.call(tenant, () -> {
                chain.doFilter(request, response);
                return tenant;
            });
        } catch (ServletException | IOException | RuntimeException expected) {
            throw expected;
        } catch (Exception other) {
            throw new ServletException(other);
        }
    }

    private Optional<TenantId> tenantOf(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.endsWith(hostSuffix)
                ? tenants.bySlug(name.substring(0, name.length() - hostSuffix.length()))
                : Optional.empty();
    }

    /** The same request, seen from below its tenant's prefix. */
    private static final class Prefixed extends HttpServletRequestWrapper {
        private final String prefix;

        Prefixed(HttpServletRequest request, String prefix) {
            super(request);
            this.prefix = prefix;
        }

        @Override
        public String getContextPath() {
            return prefix;
        }

        @Override
        public String getServletPath() {
            String path = super.getServletPath();
            return path.startsWith(prefix) ? path.substring(prefix.length()) : path;
        }
    }
}
