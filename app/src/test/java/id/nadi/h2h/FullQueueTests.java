package id.nadi.h2h;

import static org.assertj.core.api.Assertions.assertThat;

import id.nadi.testing.IntegrationTest;
import id.nadi.testing.PartnerClient;
import id.nadi.testing.PartnerClient.Answer;
import id.nadi.testing.Shop;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** A process that can carry no order at all. */
@IntegrationTest
@TestPropertySource(properties = "nadi.orders.open-max=0")
@DirtiesContext
class FullQueueTests {
    @LocalServerPort
    int port;

    @Autowired
    Shop shop;

    @Test
    void asksToComeBackAndTakesNothing() {
        PartnerClient partner = new PartnerClient(port, shop.key(shop.buyer(shop.open(), 50_000)));
        Answer full = partner.order("r-1", Shop.PRODUCT, Shop.phone());
        assertThat(full.status()).isEqualTo(503);
        assertThat(full.errorCode()).isEqualTo("QUEUE_FULL");
        assertThat(full.header("Retry-After")).isEqualTo("1");
        assertThat(partner.get("/api/v1/transactions?ref_id=r-1").status()).isEqualTo(404);
        assertThat(partner.get("/api/v1/balance").data().path("balance").asLong())
                .isEqualTo(50_000);
    }
}
