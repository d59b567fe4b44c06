package id.nadi.identity.web;

import id.nadi.identity.Area;
import id.nadi.identity.Sessions.Opened;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * The cookie that carries a session's token. Each area has its own name. Over TLS it has the {@code __Host-} prefix, which
 * ties it to the one host; without TLS (the demo on loopback) its path keeps tenants on one host apart. Either way the
 * token is worth nothing to another tenant: it is looked up as the bound one.
 */
final class SessionCookie {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

    private SessionCookie() {}

    static Optional<String> token(HttpServletRequest request, Area area) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        String name = name(request, area);
        return Arrays.stream(cookies)
                .filter(cookie -> cookie.getName().equals(name))
                .map(Cookie::getValue)
                .filter(value -> TOKEN.matcher(value).matches())
                .findFirst();
    }

    /** Hands the token to the browser; kept beyond the browser's own session only if that was wished. */
    static void set(
            HttpServletRequest request, HttpServletResponse response, Opened opened, boolean remember, Instant now) {
        Duration age = remember ? Duration.between(now, opened.session().expiresAt()) : Duration.ofSeconds(-1);
        add(request, response, opened.session().area(), opened.token(), age);
    }

    static void clear(HttpServletRequest request, HttpServletResponse response, Area area) {
        add(request, response, area, "", Duration.ZERO);
    }

    private static void add(
            HttpServletRequest request, HttpServletResponse response, Area area, String value, Duration age) {
        boolean secure = request.isSecure();
        String path = request.getContextPath();
        ResponseCookie cookie = ResponseCookie.from(name(request, area), value)
                .httpOnly(true)
                .sameSite("Lax")
                .secure(secure)
                .path(secure || path.isEmpty() ? "/" : path)
                .maxAge(age)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    private static String name(HttpServletRequest request, Area area) {
        String name = switch (area) {
            case STAFF -> "nadi_staff";
            case MEMBER -> "nadi_member";
        };
        return request.isSecure() ? "__Host-" + name : name;
    }
}
