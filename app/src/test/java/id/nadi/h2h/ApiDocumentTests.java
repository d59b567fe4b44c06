package id.nadi.h2h;

import static org.assertj.core.api.Assertions.assertThat;

import id.nadi.kernel.ErrorCode;
import id.nadi.testing.IntegrationTest;
import id.nadi.testing.PartnerClient;
import id.nadi.testing.PartnerClient.Answer;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@IntegrationTest
class ApiDocumentTests {
    @LocalServerPort
    int port;

    @Test
    void describesEveryCallWithItsErrorsToAnybody() {
        Answer answer = get("/api/openapi");
        assertThat(answer.status()).isEqualTo(200);
        JsonNode document = answer.body();
        assertThat(document.path("openapi").asString()).startsWith("3.1");
        assertThat(document.path("paths").propertyNames())
                .containsExactlyInAnyOrder(
                        "/api/v1/transactions",
                        "/api/v1/transactions/{trx_id}",
                        "/api/v1/balance",
                        "/api/v1/products",
                        "/api/v1/mutations");
        assertThat(document.path("components").path("securitySchemes").propertyNames())
                .containsExactlyInAnyOrder("key", "timestamp", "signature");
        JsonNode place = document.at("/paths/~1api~1v1~1transactions/post");
        assertThat(place.path("responses").propertyNames())
                .contains("200", "400", "401", "403", "404", "409", "413", "415", "429", "503", "504");
        assertThat(place.toString()).contains("INSUFFICIENT_BALANCE", "REFERENCE_CONFLICT", "RateLimit-Remaining");
        JsonNode body = document.at("/components/schemas/TransactionRequest");
        assertThat(body.path("properties").propertyNames())
                .containsExactlyInAnyOrder("ref_id", "product_code", "destination", "qty", "sequence", "max_price");
        assertThat(body.path("required").toString()).contains("ref_id", "product_code", "destination");
        assertThat(document.at("/components/schemas/TransactionView/properties").propertyNames())
                .contains("trx_id", "trx_code", "balance_remaining", "error_code", "updated_at");
    }

    @Test
    void namesEveryErrorInBothLanguages() {
        String description = get("/api/openapi").body().at("/info/description").asString();
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(description)
                    .contains("| " + code + " | " + code.httpStatus() + " |")
                    .contains(code.message(Locale.ENGLISH), code.message(Locale.of("id")));
        }
    }

    @Test
    void showsThePageToAnybody() {
        Answer page = get("/api/docs");
        assertThat(page.status()).isEqualTo(302);
        String target = page.header("Location").replaceFirst("^http://[^/]+", "");
        assertThat(target).startsWith("/api/");
        assertThat(get(target).raw().body()).contains("swagger-ui");
    }

    private Answer get(String path) {
        return new PartnerClient(port, "none", "none").send("GET", path, new byte[0], Map.of());
    }
}
