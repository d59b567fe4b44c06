package id.nadi.web;

import static org.assertj.core.api.Assertions.assertThat;

import id.nadi.testing.IntegrationTest;
import id.nadi.testing.PartnerClient;
import id.nadi.testing.PartnerClient.Answer;
import id.nadi.testing.RawHttp;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What goes wrong before or outside a controller. */
@IntegrationTest
class ServerErrorsTests {
    @LocalServerPort
    int port;

    @ParameterizedTest
    @CsvSource({
        "/api/nothing, NOT_FOUND, 404",
        "/api/, NOT_FOUND, 404",
        "/api, NOT_FOUND, 404",
        "/t/no-such-shop/api/nothing, NOT_FOUND, 404",
        "/t/%00/api/v1/balance, , 400",
        "/callbacks/nothing, NOT_FOUND, 404",
        "/auth/nothing, NOT_FOUND, 404",
        "/auth/staff/session, TENANT_UNKNOWN, 404",
        "/office, SIGN_IN_REQUIRED, 401",
        "/error, SIGN_IN_REQUIRED, 401",
        "/actuator/env, SIGN_IN_REQUIRED, 401",
        "/api/%2e%2e/x, REQUEST_MALFORMED, 400",
        "/api;x=y/nothing, REQUEST_MALFORMED, 400"
    })
    void answersUnknownPathsInTheEnvelope(String path, @org.jspecify.annotations.Nullable String code, int status) {
        Answer answer = get(path, Map.of());
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.body().path("code").asInt()).isEqualTo(status);
        if (code != null) {
            assertThat(answer.errorCode()).isEqualTo(code);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/<script> HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /api/v1/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /api/v1/balance?a=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /api/v1/balance HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n",
                "GET /api/v1/balance HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: \u0001\r\nConnection: close\r\n\r\n",
                "GET /api/v1/balance HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: \u0085\r\nConnection: close\r\n\r\n",
                "GET /api/v1/balance HTTP/1.1\r\nConnection: close\r\n\r\n",
                "NONSENSE\r\n\r\n",
                "GET /api/v1/balance HTTP/9.9\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "POST /api/v1/transactions HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                        + "Connection: close\r\n\r\nnonsense\r\n",
                "POST /api/v1/transactions HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: nonsense\r\n"
                        + "Connection: close\r\n\r\n",
                "POST /api/v1/transactions HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n"
                        + "Connection: close\r\n\r\n",
                "TRACE /api/v1/balance HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            })
    void answersWhatTheServerItselfRefusesInTheEnvelope(String request) {
        String answer = RawHttp.send(port, request.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(answer)
                .matches("(?s)HTTP/1\\.1 4\\d\\d .*")
                .contains("\"error_code\":\"")
                .contains("application/json");
        assertSaysNothingOfUs(answer);
    }

    @Test
    void answersHeadersThatAreTooLargeInTheEnvelope() {
        String answer = RawHttp.send(
                port,
                "GET /api/v1/balance HTTP/1.1",
                "Host: localhost",
                "X-Large: " + "x".repeat(20_000),
                "Connection: close",
                "");
        assertThat(answer).startsWith("HTTP/1.1 400").contains("REQUEST_MALFORMED");
        assertSaysNothingOfUs(answer);
    }

    @Test
    void answersABrowserThatLostItsWayInOnePlainLine() {
        Answer answer = get("/nowhere", Map.of("Accept", "text/html,*/*;q=0.8"));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Content-Type")).startsWith("text/plain");
        assertThat(answer.raw().body()).isEqualTo("401 Silakan masuk terlebih dahulu.\n");
    }

    @Test
    void sendsTheHeadersThatKeepPagesToThemselves() {
        for (String path : new String[] {"/api/v1/balance", "/nowhere", "/api/nothing"}) {
            Answer answer = get(path, Map.of());
            assertThat(answer.header("Content-Security-Policy"))
                    .contains("default-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void tellsAnybodyThatItIsWell() {
        assertThat(get("/actuator/health", Map.of()).status()).isEqualTo(200);
    }

    private static void assertSaysNothingOfUs(String answer) {
        assertThat(answer)
                .doesNotContainIgnoringCase("<html")
                .doesNotContainIgnoringCase("tomcat")
                .doesNotContain("\tat ");
    }

    private Answer get(String path, Map<String, String> headers) {
        return new PartnerClient(port, "none", "none").send("GET", path, new byte[0], headers);
    }
}
