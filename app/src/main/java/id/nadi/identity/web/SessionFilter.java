package id.nadi.identity.web;

import id.nadi.identity.Area;
import id.nadi.identity.Sessions;
import id.nadi.identity.SignedIn;
import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Hashes;
import id.nadi.kernel.Refusal;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.web.Answers;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who is signed in, in the area that the path belongs to, and makes them the request's principal (a
 * {@link SignedIn}). A request that changes something with the help of a cookie must show the session's CSRF token.
 */
class SessionFilter extends OncePerRequestFilter {
    /** The header in which the session's CSRF token is sent back. */
    static final String CSRF_HEADER = "X-CSRF-Token";

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private static final RequestMatcher STAFF = any("/auth/staff/**", "/staff/**");

    /** Doors that know callers by other means than cookies. */
    private static final RequestMatcher WITHOUT_COOKIES =
            any("/api/**", "/callbacks/**", "/actuator/**", "/assets/**", "/webjars/**");

    /** Signing in begins without a session; what else it asks of a request stands with it. */
    private static final RequestMatcher SIGN_IN = new OrRequestMatcher(
            PathPatternRequestMatcher.pathPattern(HttpMethod.POST, "/auth/staff/session"),
            PathPatternRequestMatcher.pathPattern(HttpMethod.POST, "/auth/member/session"));

    private final Sessions sessions;
    private final Answers answers;

    SessionFilter(Sessions sessions, Answers answers) {
        this.sessions = sessions;
        this.answers = answers;
    }

    private static RequestMatcher any(String... patterns) {
        return new OrRequestMatcher(java.util.Arrays.stream(patterns)
                .<RequestMatcher>map(PathPatternRequestMatcher::pathPattern)
                .toList());
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return CurrentTenant.idOrNull() == null || WITHOUT_COOKIES.matches(request) || SIGN_IN.matches(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Area area = STAFF.matches(request) ? Area.STAFF : Area.MEMBER;
        Optional<SignedIn> session = SessionCookie.token(request, area).flatMap(token -> sessions.find(area, token));
        if (session.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        if (!SAFE.contains(request.getMethod()) && !showsToken(request, session.get())) {
            answers.refuse(request, response, Refusal.of(ErrorCode.CSRF_INVALID));
            return;
        }
        SecurityContextHolder.setContext(new SecurityContextImpl(
                new PreAuthenticatedAuthenticationToken(session.get(), "", authorities(session.get()))));
        chain.doFilter(request, response);
    }

    private static boolean showsToken(HttpServletRequest request, SignedIn session) {
        String shown = request.getHeader(CSRF_HEADER);
        return shown != null && Hashes.same(session.csrfToken(), shown);
    }

    /** ROLE_STAFF or ROLE_MEMBER for the area, and for staff ROLE_OWNER and so on. */
    private static List<GrantedAuthority> authorities(SignedIn session) {
        List<GrantedAuthority> found = new ArrayList<>();
        found.add(new SimpleGrantedAuthority("ROLE_" + session.area().name()));
        if (session.role() != null) {
            found.add(new SimpleGrantedAuthority("ROLE_" + session.role().name()));
        }
        return found;
    }
}
