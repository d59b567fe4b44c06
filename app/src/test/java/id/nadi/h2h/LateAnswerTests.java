package id.nadi.h2h;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.nadi.testing.IntegrationTest;
import id.nadi.testing.PartnerClient;
import id.nadi.testing.PartnerClient.Answer;
import id.nadi.testing.Shop;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** A door that waits for no commit. */
@IntegrationTest
@TestPropertySource(properties = "nadi.orders.place-timeout=0ms")
@DirtiesContext
class LateAnswerTests {
    @LocalServerPort
    int port;

    @Autowired
    Shop shop;

    @Test
    void neverCallsAFailureWhatItDoesNotKnow() {
        PartnerClient partner = new PartnerClient(port, shop.key(shop.buyer(shop.open(), 50_000)));
        String phone = Shop.phone();
        Answer unknown = partner.order("r-1", Shop.PRODUCT, phone);
        assertThat(unknown.status()).isEqualTo(504);
        assertThat(unknown.errorCode()).isEqualTo("OUTCOME_UNKNOWN");

        await().atMost(Duration.ofSeconds(10))
                .until(() -> partner.get("/api/v1/transactions?ref_id=r-1").status() == 200);
        assertThat(partner.get("/api/v1/balance").data().path("balance").asLong())
                .isEqualTo(50_000 - Shop.PRICE);
    }
}
