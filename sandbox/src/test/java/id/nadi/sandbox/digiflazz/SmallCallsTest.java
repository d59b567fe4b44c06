package id.nadi.sandbox.digiflazz;

import static id.nadi.sandbox.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import id.nadi.sandbox.CallbackReceiver;
import id.nadi.sandbox.Http;
import id.nadi.sandbox.Http.Answer;
import id.nadi.sandbox.common.Json;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Deposit tickets, checks of PLN numbers, pings. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmallCallsTest {
    private World world;

    @BeforeAll
    void start() throws IOException {
        world = new World();
    }

    @AfterAll
    void stop() throws IOException {
        world.close();
    }

    @Test
    void drawsTicketsWhoseAmountsDiffer() throws IOException {
        Buyer buyer = world.buyer(0);
        Set<Long> amounts = new HashSet<>();

        for (int ticket = 0; ticket < 20; ticket++) {
            JsonNode data = ticket(buyer, "Bank", 200_000).data();
            assertThat(data.path("rc").asString()).isEqualTo("00");
            assertThat(data.path("bank").asString()).isEqualTo("BCA");
            assertThat(data.path("payment_method").asString()).isEqualTo("Bank Transfer");
            assertThat(data.path("account_no").asString()).isNotEmpty();
            assertThat(data.path("notes").asString()).hasSize(7);
            assertThat(data.path("amount").asLong()).isBetween(200_001L, 200_999L);
            amounts.add(data.path("amount").asLong());
        }
        assertThat(amounts).hasSize(20);
    }

    @Test
    void takesTheBankUnderEitherName() throws IOException {
        assertThat(ticket(world.buyer(0), "bank", 50_000).rc()).isEqualTo("00");
        assertThat(ticket(world.buyer(0), "Bank", 50_000).rc()).isEqualTo("00");
        assertThat(ticket(world.buyer(0), "BANK", 50_000).rc()).isEqualTo("40");
    }

    @Test
    void refusesAmountsThatAreNone() throws IOException {
        assertThat(ticket(world.buyer(0), "bank", 0).rc()).isEqualTo("64");
        assertThat(ticket(world.buyer(0), "bank", -1).rc()).isEqualTo("64");
        assertThat(ticket(world.buyer(0), "bank", Long.MAX_VALUE).rc()).isEqualTo("64");
    }

    private static Answer ticket(Buyer buyer, String bankField, long amount) throws IOException {
        return buyer.post(
                "/deposit", Map.of("amount", amount, bankField, "BCA", "owner_name", "Budi Santoso"), "deposit");
    }

    @Test
    void tellsWhoseMeterANumberIs() throws IOException {
        JsonNode meter = check(world.buyer(0), "12345678901").data();

        assertThat(meter.path("rc").asString()).isEqualTo("00");
        assertThat(meter.path("meter_no").asString()).isEqualTo("12345678901");
        assertThat(meter.path("subscriber_id").asString()).matches("\\d{12}");
        assertThat(meter.path("name").asString()).isNotEmpty();
        assertThat(meter.path("segment_power").asString()).matches("R[12] /\\d{9}");
    }

    @Test
    void namesTheSamePersonOnTheTokenOfThatMeter() throws IOException {
        Buyer buyer = world.buyer(1_000_000);
        String name = check(buyer, "22345678901").data().path("name").asString();

        assertThat(buyer.topUp("token", "pln20", "22345678901")
                        .data()
                        .path("sn")
                        .asString())
                .contains("/" + name + "/");
    }

    @Test
    void refusesNumbersThatAreNoMeters() throws IOException {
        world.control.script(
                "32345678901",
                Script.of(Script.Outcome.FAIL).rc("86").on(Script.Stage.INQUIRY).times(1));
        Buyer buyer = world.buyer(0);

        assertThat(check(buyer, "123456789").rc()).isEqualTo("57");
        assertThat(check(buyer, "1234567890X").rc()).isEqualTo("54");
        assertThat(check(buyer, "32345678901").rc()).isEqualTo("86");
        assertThat(check(buyer, "32345678901").rc()).isEqualTo("00");
    }

    private static Answer check(Buyer buyer, String number) throws IOException {
        return buyer.post("/inquiry-pln", Map.of("customer_no", number), number);
    }

    @Test
    void pingsTheWebhook() throws IOException {
        AccountView account = world.account(0);

        Answer answer = ping(account.hookId());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("hook_id").asString()).isEqualTo(account.hookId());
        eventually(() -> assertThat(pings()).isEqualTo(1));
        CallbackReceiver.Received ping = world.receiver.received().stream()
                .filter(callback -> callback.event().equals("ping"))
                .findFirst()
                .orElseThrow();
        assertThat(Json.mapper().readTree(ping.body())).isEqualTo(answer.json());
        assertThat(answer.json().path("hook").path("secret").asString()).isEqualTo(account.webhookSecret());
        assertThat(world.sandbox.calls(100).toString()).doesNotContain(account.webhookSecret());
    }

    private long pings() {
        return world.receiver.received().stream()
                .filter(callback -> callback.event().equals("ping"))
                .count();
    }

    @Test
    void cannotPingWhatIsNotThere() throws IOException {
        AccountView deaf = world.control.createAccount(AccountRequest.named(World.name("deaf")));

        assertThat(ping("no-such-hook").status()).isEqualTo(404);
        assertThat(ping(deaf.hookId()).status()).isEqualTo(400);
    }

    private Answer ping(String hookId) throws IOException {
        String url = world.sandbox.baseUrl() + "/digiflazz/v1/report/hooks/" + hookId + "/pings";
        return Http.call("POST", url, Map.of(), "");
    }
}
