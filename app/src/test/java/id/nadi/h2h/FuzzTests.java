package id.nadi.h2h;

import static org.assertj.core.api.Assertions.assertThat;

import id.nadi.ledger.Ledger;
import id.nadi.orders.OrderFilter;
import id.nadi.orders.Orders;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.testing.IntegrationTest;
import id.nadi.testing.PartnerClient;
import id.nadi.testing.PartnerClient.Answer;
import id.nadi.testing.Shop;
import id.nadi.testing.Shop.Buyer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Bodies bent at random. The seed is printed; {@code -Dnadi.seed=…} runs the same ones again. */
@IntegrationTest
class FuzzTests {
    private static final int BODIES = 1_500;
    private static final String[] PIECES = {
        "\"",
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "null",
        "true",
        "-1",
        "1e400",
        "0.1",
        "\\u0000",
        "\\ud800",
        "\\",
        "\u0000",
        "é",
        "😀",
        "\n",
        " ",
        "99999999999999999999",
        "\"ref_id\":",
        "\"qty\":",
        "\"max_price\":",
        "\"sequence\":",
        "'",
        "%s",
        "{0}",
        "$(id)",
        "' OR 1=1 --",
        "\uFEFF",
        "\u202E"
    };

    @LocalServerPort
    int port;

    @Autowired
    Shop shop;

    @Autowired
    Orders orders;

    @Autowired
    Ledger ledger;

    @Test
    void answersWhateverIsSentWithACodeOfItsOwn() {
        long seed = Long.getLong("nadi.seed", System.nanoTime());
        System.out.println("FuzzTests: nadi.seed=" + seed);
        Random random = new Random(seed);
        long balance = 1_000_000_000L;
        Buyer buyer = shop.buyer(shop.open(), balance);
        PartnerClient partner = new PartnerClient(port, shop.key(buyer));
        long charged = 0;
        for (int number = 0; number < BODIES; number++) {
            byte[] body = bent(random, """
                    {"ref_id": "f-%d", "product_code": "S10", "destination": "%s", "qty": 1, "max_price": 20000}""".formatted(number, Shop.phone()));
            Answer answer = partner.order(body, Map.of());
            String sent = "seed " + seed + ", body " + number + ": " + new String(body, StandardCharsets.ISO_8859_1);
            assertThat(answer.status()).as(sent).isIn(200, 400, 404, 409);
            assertThat(answer.body().path("code").asInt()).as(sent).isEqualTo(answer.status());
            if (answer.status() == 200) {
                charged += answer.data().path("price").asLong();
            } else {
                assertThat(answer.errorCode()).as(sent).isNotEmpty();
            }
        }
        long placed = charged;
        CurrentTenant.run(buyer.tenant().id(), () -> {
            assertThat(ledger.wallet(buyer.wallet().id()).posted()).isEqualTo(balance - placed);
            assertThat(orders.list(new OrderFilter(buyer.id(), null, null, null), 1, null)
                            .items())
                    .as("some bodies survive being bent")
                    .isNotEmpty();
        });
    }

    private static byte[] bent(Random random, String good) {
        byte[] body = good.getBytes(StandardCharsets.UTF_8);
        int bends = random.nextInt(4);
        for (int bend = 0; bend < bends && body.length > 0; bend++) {
            body = bentOnce(random, body);
        }
        return body;
    }

    private static byte[] bentOnce(Random random, byte[] body) {
        int at = random.nextInt(body.length);
        byte[] piece = PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(6)) {
            case 0 -> joined(Arrays.copyOf(body, at), piece, Arrays.copyOfRange(body, at, body.length));
            case 1 -> joined(Arrays.copyOf(body, at), new byte[0], Arrays.copyOfRange(body, at + 1, body.length));
            case 2 -> Arrays.copyOf(body, at);
            case 3 -> {
                byte[] changed = body.clone();
                changed[at] = (byte) random.nextInt(256);
                yield changed;
            }
            case 4 -> {
                int until = at + random.nextInt(body.length - at);
                yield joined(
                        Arrays.copyOf(body, until),
                        Arrays.copyOfRange(body, at, until),
                        Arrays.copyOfRange(body, until, body.length));
            }
            default ->
                joined(
                        Arrays.copyOf(body, at),
                        piece,
                        Arrays.copyOfRange(body, Math.min(body.length, at + piece.length), body.length));
        };
    }

    private static byte[] joined(byte[] first, byte[] second, byte[] third) {
        byte[] all = Arrays.copyOf(first, first.length + second.length + third.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        System.arraycopy(third, 0, all, first.length + second.length, third.length);
        return all;
    }
}
