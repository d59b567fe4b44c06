package id.nadi.h2h;

import static org.assertj.core.api.Assertions.assertThat;

import id.nadi.identity.ApiKey;
import id.nadi.testing.IntegrationTest;
import id.nadi.testing.PartnerClient;
import id.nadi.testing.PartnerClient.Answer;
import id.nadi.testing.RawHttp;
import id.nadi.testing.Shop;
import id.nadi.testing.Shop.Buyer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Every call of the partners' door, driven by a partner of one tenant (and by another partner of the same) at another's. */
@IntegrationTest
class TwoTenantsTests {
    @LocalServerPort
    int port;

    @Autowired
    Shop shop;

    private Buyer theirs;
    private Buyer ours;
    private ApiKey ourKey;
    private PartnerClient them;
    private PartnerClient us;
    private PartnerClient neighbour;
    private Answer theirOrder;

    @BeforeEach
    void openTwoShops() {
        Shop.Open theirShop = shop.open();
        theirs = shop.buyer(theirShop, 100_000);
        them = new PartnerClient(port, shop.key(theirs));
        neighbour = new PartnerClient(port, shop.key(shop.buyer(theirShop, 200_000)));
        ours = shop.buyer(shop.open(), 300_000);
        ourKey = shop.key(ours);
        us = new PartnerClient(port, ourKey);
        theirOrder = them.order("their-secret", Shop.PRODUCT, Shop.phone());
        assertThat(theirOrder.status()).isEqualTo(200);
    }

    @Test
    void showsNothingOfAnothersOrders() {
        for (PartnerClient stranger : List.of(us, neighbour)) {
            for (String name : List.of("trx_id", "trx_code")) {
                String path = PartnerClient.TRANSACTIONS + "/"
                        + theirOrder.data().path(name).asString();
                assertThat(stranger.get(path).status()).isEqualTo(404);
                assertThat(them.get(path).status()).isEqualTo(200);
            }
            assertThat(stranger.get("/api/v1/transactions?ref_id=their-secret").status())
                    .isEqualTo(404);
            assertThat(items(stranger, "/api/v1/transactions")).isZero();
            assertThat(items(stranger, "/api/v1/mutations"))
                    .as("the deposit alone")
                    .isEqualTo(1);
        }
        assertThat(us.get("/api/v1/balance").data().path("balance").asLong()).isEqualTo(300_000);
        assertThat(neighbour.get("/api/v1/balance").data().path("balance").asLong())
                .isEqualTo(200_000);
    }

    @Test
    void readsAnothersCursorAsAPlaceInItsOwnLists() {
        them.order("second", Shop.PRODUCT, Shop.phone());
        for (String list : List.of("/api/v1/transactions", "/api/v1/products", "/api/v1/mutations")) {
            String cursor =
                    them.get(list + "?limit=1").data().path("next_cursor").asString();
            assertThat(cursor).isNotEmpty();
            Answer answer = us.get(list + "?cursor=" + cursor);
            assertThat(answer.status()).isIn(200, 400);
            assertThat(answer.raw().body()).doesNotContain("their-secret", "second");
        }
    }

    @Test
    void keepsTheSameReferenceOfTwoTenantsApart() {
        Answer order = us.order("their-secret", Shop.PRODUCT, Shop.phone());
        assertThat(order.status()).isEqualTo(200);
        assertThat(order.data().path("trx_id")).isNotEqualTo(theirOrder.data().path("trx_id"));
        assertThat(us.get("/api/v1/transactions?ref_id=their-secret").data().path("trx_id"))
                .isEqualTo(order.data().path("trx_id"));
    }

    @Test
    void takesNoKeyOnAnotherTenantsPathOrHost() {
        for (String path : calls()) {
            String under = "/t/" + theirs.tenant().slug() + path;
            assertThat(us.get(under).errorCode()).as(under).isEqualTo("API_KEY_UNKNOWN");
            assertThat(byHost(theirs.tenant().slug(), path))
                    .as(path)
                    .startsWith("HTTP/1.1 401")
                    .contains("API_KEY_UNKNOWN");
            assertThat(byHost(ours.tenant().slug(), path)).as(path).doesNotContain("API_KEY_UNKNOWN");
        }
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        String under = "/t/" + theirs.tenant().slug() + PartnerClient.TRANSACTIONS;
        assertThat(us.send("POST", under, body, us.signed("POST", under, body, Instant.now()))
                        .errorCode())
                .isEqualTo("API_KEY_UNKNOWN");
        assertThat(us.get("/t/no-such-shop/api/v1/balance").status()).isEqualTo(404);
    }

    @Test
    void answersNobodyWithoutAKey() {
        for (String path : calls()) {
            for (String prefix : List.of("", "/t/" + theirs.tenant().slug())) {
                Answer answer = us.send("GET", prefix + path, new byte[0], Map.of());
                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.errorCode()).isEqualTo("API_KEY_MISSING");
            }
        }
    }

    private List<String> calls() {
        return List.of(
                "/api/v1/transactions",
                "/api/v1/transactions?ref_id=their-secret",
                "/api/v1/transactions/" + theirOrder.data().path("trx_id").asString(),
                "/api/v1/balance",
                "/api/v1/products",
                "/api/v1/mutations");
    }

    private static int items(PartnerClient client, String path) {
        Answer answer = client.get(path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.raw().body()).doesNotContain("their-secret");
        return answer.data().path("items").size();
    }

    private String byHost(String slug, String path) {
        List<String> lines =
                new ArrayList<>(List.of("GET " + path + " HTTP/1.1", "Host: " + slug + ".localhost:" + port));
        us.signed("GET", path, new byte[0], Instant.now()).forEach((name, value) -> lines.add(name + ": " + value));
        lines.addAll(List.of("Connection: close", ""));
        return RawHttp.send(port, lines.toArray(String[]::new));
    }
}
