package id.nadi.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.nadi.audit.Actor;
import id.nadi.identity.Member;
import id.nadi.identity.Members;
import id.nadi.identity.Role;
import id.nadi.identity.Staff;
import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Hashes;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.tenancy.Tenant;
import id.nadi.testing.IntegrationTest;
import id.nadi.testing.PartnerClient;
import id.nadi.testing.PartnerClient.Answer;
import id.nadi.testing.RawHttp;
import id.nadi.testing.Shop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@IntegrationTest
class SignInTests {
    @LocalServerPort
    int port;

    @Autowired
    Shop shop;

    @Autowired
    Staff staff;

    @Autowired
    Members members;

    private Tenant tenant;
    private String email;
    private String password;

    @BeforeEach
    void openShop() {
        tenant = shop.open().tenant();
        email = "owner" + System.nanoTime() + "@example.test";
        password = Hashes.token(12);
        CurrentTenant.run(tenant.id(), () -> staff.create("Ibu Sari", email, password, Role.OWNER, Actor.OPERATOR));
    }

    @Test
    void signsInShowsWhoItIsAndSignsOut() {
        Session session = signedIn(tenant, "staff", email, password, false);
        assertThat(session.answer.data().path("name").asString()).isEqualTo("Ibu Sari");
        assertThat(session.answer.data().path("role").asString()).isEqualTo("OWNER");
        assertThat(OffsetDateTime.parse(session.answer.data().path("expires_at").asString()))
                .isBetween(
                        OffsetDateTime.now().plus(Duration.ofHours(23)),
                        OffsetDateTime.now().plus(Duration.ofHours(25)));
        assertThat(session.answer.header("Cache-Control")).isEqualTo("no-store");

        Answer who = session.send("GET", "/auth/staff/session", Map.of());
        assertThat(who.data()).isEqualTo(session.answer.data());

        Answer out = session.send("DELETE", "/auth/staff/session", Map.of("X-CSRF-Token", session.csrf));
        assertThat(out.status()).isEqualTo(200);
        assertThat(out.header("Set-Cookie")).startsWith("nadi_staff=;").contains("Max-Age=0");
        assertThat(session.send("GET", "/auth/staff/session", Map.of()).errorCode())
                .isEqualTo("SIGN_IN_REQUIRED");
    }

    @Test
    void givesTheCookieToTheBrowserAlone() {
        String cookie = signedIn(tenant, "staff", email, password, false).answer.header("Set-Cookie");
        assertThat(cookie)
                .startsWith("nadi_staff=")
                .contains("HttpOnly", "SameSite=Lax", "Path=/t/" + tenant.slug())
                .doesNotContain("Max-Age", "Expires", "Secure", "Domain");
        String remembered =
                signedIn(tenant, "staff", email, password, true).answer.header("Set-Cookie");
        assertThat(remembered).containsPattern("Max-Age=604[78]\\d\\d;");
    }

    @Test
    void signsInOnTheTenantsOwnHost() {
        String body = form(email, password, false);
        String answer = RawHttp.send(
                port,
                "POST /auth/staff/session HTTP/1.1",
                "Host: " + tenant.slug() + ".localhost:" + port,
                "Origin: http://" + tenant.slug() + ".localhost:" + port,
                "Sec-Fetch-Site: same-origin",
                "Content-Type: application/json",
                "Content-Length: " + body.length(),
                "Connection: close",
                "",
                body);
        assertThat(answer).startsWith("HTTP/1.1 200").containsPattern("Set-Cookie: nadi_staff=[^;]+; Path=/; HttpOnly");
    }

    @Test
    void saysTheSameWhateverWasWrong() {
        Answer wrongPassword = attempt(tenant, "staff", email, "wrong");
        Answer nobody = attempt(tenant, "staff", "nobody@example.test", password);
        Answer otherArea = attempt(tenant, "member", email, password);
        for (Answer answer : List.of(wrongPassword, nobody, otherArea)) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.errorCode()).isEqualTo("SIGN_IN_REFUSED");
            assertThat(answer.raw().body()).isEqualTo(wrongPassword.raw().body());
            assertThat(answer.header("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void locksOutWhoTriesTooOften() {
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThat(attempt(tenant, "staff", email, "wrong").errorCode()).isEqualTo("SIGN_IN_REFUSED");
        }
        Answer locked = attempt(tenant, "staff", email, password);
        assertThat(locked.status()).isEqualTo(429);
        assertThat(locked.errorCode()).isEqualTo("SIGN_IN_LOCKED");
        assertThat(Long.parseLong(locked.header("Retry-After"))).isBetween(1L, 60L);
    }

    @Test
    void changesNothingWithoutTheSessionsToken() {
        Session session = signedIn(tenant, "staff", email, password, false);
        for (Map<String, String> headers : List.of(
                Map.<String, String>of(),
                Map.of("X-CSRF-Token", "guess"),
                Map.of("X-CSRF-Token", session.csrf + "x"))) {
            for (String path : List.of("/auth/staff/session", "/auth/staff/sessions")) {
                Answer refused = session.send("DELETE", path, headers);
                assertThat(refused.status()).isEqualTo(403);
                assertThat(refused.errorCode()).isEqualTo("CSRF_INVALID");
            }
        }
        assertThat(session.send("GET", "/auth/staff/session", Map.of()).status())
                .isEqualTo(200);
    }

    @Test
    void endsEverySessionOfThePerson() {
        Session here = signedIn(tenant, "staff", email, password, false);
        Session there = signedIn(tenant, "staff", email, password, true);
        Answer out = here.send("DELETE", "/auth/staff/sessions", Map.of("X-CSRF-Token", here.csrf));
        assertThat(out.data().path("sessions").asInt()).isEqualTo(2);
        for (Session session : List.of(here, there)) {
            assertThat(session.send("GET", "/auth/staff/session", Map.of()).status())
                    .isEqualTo(401);
        }
    }

    @Test
    void keepsStaffAndMembersApart() {
        Member member = CurrentTenant.call(
                tenant.id(), () -> members.create("M1", "Budi", "budi@example.test", password, Actor.OPERATOR));
        Session ofMember = signedIn(tenant, "member", member.email(), password, false);
        assertThat(ofMember.answer.data().has("role")).isFalse();
        assertThat(ofMember.answer.header("Set-Cookie")).startsWith("nadi_member=");
        assertThat(ofMember.send("GET", "/auth/member/session", Map.of()).status())
                .isEqualTo(200);
        assertThat(ofMember.send("GET", "/auth/staff/session", Map.of()).status())
                .isEqualTo(401);
        // Nor does a member's token open the staff's area under the staff's name for it.
        Session disguised = new Session(
                ofMember.answer, ofMember.cookie.replace("nadi_member", "nadi_staff"), ofMember.csrf, tenant);
        assertThat(disguised.send("GET", "/auth/staff/session", Map.of()).status())
                .isEqualTo(401);
        assertThat(disguised
                        .send("DELETE", "/auth/staff/sessions", Map.of("X-CSRF-Token", ofMember.csrf))
                        .status())
                .isEqualTo(401);

        CurrentTenant.run(tenant.id(), () -> members.setState(member.id(), Member.State.SUSPENDED, Actor.OPERATOR));
        assertThat(ofMember.send("GET", "/auth/member/session", Map.of()).status())
                .isEqualTo(401);
        assertThat(attempt(tenant, "member", member.email(), password).errorCode())
                .isEqualTo("SIGN_IN_REFUSED");
    }

    @Test
    void isNothingAtAnotherTenant() {
        Tenant other = shop.open().tenant();
        Session session = signedIn(tenant, "staff", email, password, false);
        Session carried = new Session(session.answer, session.cookie, session.csrf, other);
        assertThat(carried.send("GET", "/auth/staff/session", Map.of()).status())
                .isEqualTo(401);
        assertThat(carried.send("DELETE", "/auth/staff/sessions", Map.of("X-CSRF-Token", session.csrf))
                        .status())
                .isEqualTo(401);
        assertThat(attempt(other, "staff", email, password).errorCode()).isEqualTo("SIGN_IN_REFUSED");
        assertThat(RawHttp.send(
                        port,
                        "GET /auth/staff/session HTTP/1.1",
                        "Host: " + other.slug() + ".localhost",
                        "Cookie: " + session.cookie,
                        "Connection: close",
                        ""))
                .startsWith("HTTP/1.1 401");
        assertThat(session.send("GET", "/auth/staff/session", Map.of()).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/auth/staff/session", "/auth/member/session", "/t/no-such-shop/auth/staff/session"})
    void existsOnlyAtATenant(String path) {
        assertThat(post(path, form(email, password, false), Map.of()).status()).isEqualTo(404);
        assertThat(client().send("GET", path, new byte[0], Map.of()).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"Sec-Fetch-Site, cross-site", "Sec-Fetch-Site, same-site", "Origin, http://evil.example", "Origin, null"
    })
    void signsNobodyInForAnotherSite(String header, String value) {
        Answer answer = post(path(tenant, "staff"), form(email, password, false), Map.of(header, value));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.errorCode()).isEqualTo("CSRF_INVALID");
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | FIELD_INVALID",
                "{\"email\": \"a@b.c\"} | FIELD_INVALID",
                "{\"email\": \"a\\u0000@b.c\", \"password\": \"x\"} | FIELD_INVALID",
                "{\"email\": 7, \"password\": \"x\"} | FIELD_INVALID",
                "{\"email\": \"a@b.c\", \"password\": \"x\", \"role\": \"OWNER\"} | FIELD_INVALID",
                "{\"email\": \"a@b.c\", \"password\": \"x\", \"remember\": \"yes\"} | FIELD_INVALID",
                "{\"email\": \"a@b.c\", \"email\": \"a@b.c\", \"password\": \"x\"} | BODY_MALFORMED",
                "{ | BODY_MALFORMED"
            })
    void refusesABadForm(String body, ErrorCode code) {
        Answer answer = post(path(tenant, "staff"), body, Map.of());
        assertThat(answer.errorCode()).isEqualTo(code.name());
        assertThat(answer.status()).isEqualTo(code.httpStatus());
    }

    @Test
    void refusesAFormThatIsNotJsonOrTooLarge() {
        assertThat(post(path(tenant, "staff"), "email=a", Map.of("Content-Type", "application/x-www-form-urlencoded"))
                        .errorCode())
                .isEqualTo("CONTENT_TYPE_UNSUPPORTED");
        assertThat(post(path(tenant, "staff"), form(email, "x".repeat(300_000), false), Map.of())
                        .errorCode())
                .isEqualTo("BODY_TOO_LARGE");
        assertThat(post(path(tenant, "staff"), form(email, "é".repeat(100), false), Map.of())
                        .errorCode())
                .isEqualTo("SIGN_IN_REFUSED");
    }

    /** A browser that keeps its cookie. */
    private final class Session {
        private final Answer answer;
        private final String cookie;
        private final String csrf;
        private final Tenant at;

        Session(Answer answer, String cookie, String csrf, Tenant at) {
            this.answer = answer;
            this.cookie = cookie;
            this.csrf = csrf;
            this.at = at;
        }

        Answer send(String method, String path, Map<String, String> headers) {
            Map<String, String> all = new HashMap<>(headers);
            all.put("Cookie", cookie);
            return client().send(method, "/t/" + at.slug() + path, new byte[0], all);
        }
    }

    private Session signedIn(Tenant at, String area, String who, String secret, boolean remember) {
        Answer answer = post(path(at, area), form(who, secret, remember), Map.of());
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
        String cookie = answer.header("Set-Cookie").split(";", 2)[0];
        return new Session(answer, cookie, answer.data().path("csrf_token").asString(), at);
    }

    private Answer attempt(Tenant at, String area, String who, String secret) {
        return post(path(at, area), form(who, secret, false), Map.of());
    }

    private Answer post(String path, String body, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>();
        all.put("Content-Type", "application/json");
        all.putAll(headers);
        return client().send("POST", path, body.getBytes(StandardCharsets.UTF_8), all);
    }

    private PartnerClient client() {
        return new PartnerClient(port, "none", "none");
    }

    private static String path(Tenant at, String area) {
        return "/t/" + at.slug() + "/auth/" + area + "/session";
    }

    private static String form(String email, String password, boolean remember) {
        return "{\"email\": \"%s\", \"password\": \"%s\", \"remember\": %s}".formatted(email, password, remember);
    }
}
