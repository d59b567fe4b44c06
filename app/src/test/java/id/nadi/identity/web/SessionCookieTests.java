package id.nadi.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.nadi.identity.Area;
import id.nadi.identity.Role;
import id.nadi.identity.Sessions.Opened;
import id.nadi.identity.SignedIn;
import id.nadi.kernel.Hashes;
import id.nadi.kernel.TenantId;
import jakarta.servlet.http.Cookie;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class SessionCookieTests {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

    private final String token = Hashes.token(32);
    private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/t/shop/auth/staff/session");
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void tiesTheCookieToTheHostOverTls() {
        request.setSecure(true);
        request.setContextPath("/t/shop");
        SessionCookie.set(request, response, opened(), true, NOW);
        assertThat(response.getHeader("Set-Cookie"))
                .startsWith("__Host-nadi_staff=" + token + "; Path=/;")
                .contains("Secure", "HttpOnly", "SameSite=Lax", "Max-Age=604800")
                .doesNotContain("Domain");
    }

    @Test
    void readsOverTlsOnlyWhatOnlyTheHostCanHaveSet() {
        request.setSecure(true);
        request.setCookies(new Cookie("nadi_staff", token));
        assertThat(SessionCookie.token(request, Area.STAFF)).isEmpty();
        request.setCookies(new Cookie("__Host-nadi_staff", token));
        assertThat(SessionCookie.token(request, Area.STAFF)).contains(token);
        assertThat(SessionCookie.token(request, Area.MEMBER)).isEmpty();
    }

    private Opened opened() {
        SignedIn session = new SignedIn(
                TenantId.next(),
                Area.STAFF,
                UUID.randomUUID(),
                "Ibu Sari",
                Role.OWNER,
                Hashes.token(24),
                NOW.plus(Duration.ofDays(7)));
        return new Opened(token, session);
    }
}
