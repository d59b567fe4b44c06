package id.nadi.sandbox.digiflazz;

import static id.nadi.sandbox.Eventually.eventually;
import static id.nadi.sandbox.digiflazz.World.name;
import static id.nadi.sandbox.digiflazz.World.number;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.nadi.sandbox.CallbackReceiver;
import id.nadi.sandbox.CallbackReceiver.Received;
import id.nadi.sandbox.Http.Answer;
import id.nadi.sandbox.web.Refusal;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallbackTest {
    private static final long RICH = 100_000_000;

    private World world;

    @BeforeAll
    void start() throws IOException {
        world = new World();
        world.control.changeSwitches(
                null, SwitchChange.set().pendingRate(1).pendingDelayMs(20).callbackRetryMs(5));
    }

    @AfterAll
    void stop() throws IOException {
        world.close();
    }

    @Test
    void signsWithHmacSha1OfTheRawBody() {
        // RFC 2202, test case 2
        assertThat(Signatures.ofCallback("what do ya want for nothing?".getBytes(UTF_8), "Jefe"))
                .isEqualTo("sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    }

    @Test
    void tellsWhatBecameOfAPendingPurchase() throws Exception {
        AccountView account = world.account(RICH);
        String refId = name("ref");

        Answer pending = new Buyer(world.sandbox, account).topUp(refId, "tsel10", number());
        eventually(() -> assertThat(world.receiver.about(refId)).hasSize(1));
        Received callback = world.receiver.about(refId).getFirst();

        assertThat(pending.rc()).isEqualTo("03");
        assertThat(callback.contentType()).isEqualTo("application/json");
        assertThat(callback.userAgent()).isEqualTo("Digiflazz-Hookshot");
        assertThat(callback.event()).isEqualTo("update");
        assertThat(callback.delivery()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(callback.signature()).isEqualTo(hmacSha1(callback.body(), account.webhookSecret()));
        assertThat(callback.data().path("status").asString()).isEqualTo("Sukses");
        assertThat(callback.data().path("rc").asString()).isEqualTo("00");
        assertThat(callback.data().path("sn").asString()).matches("\\d{16,20}");
        assertThat(callback.data().path("price")).isEqualTo(pending.data().path("price"));
        assertThat(callback.data().path("buyer_last_saldo"))
                .isEqualTo(pending.data().path("buyer_last_saldo"));
        assertThat(world.control.deliveries(refId).getFirst().deliveries()).isEqualTo(1);
    }

    private static String hmacSha1(byte[] body, String secret) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA1"));
        return "sha1=" + HexFormat.of().formatHex(mac.doFinal(body));
    }

    @Test
    void refundsWhatFailsInTheEnd() throws IOException {
        AccountView account =
                accountWith(SwitchChange.set().pendingFailureRate(1).failRc("70"));
        Buyer buyer = new Buyer(world.sandbox, account);
        String refId = name("ref");

        long afterPurchase = buyer.topUp(refId, "tsel10", number())
                .data()
                .path("buyer_last_saldo")
                .asLong();
        eventually(() -> assertThat(world.receiver.about(refId)).hasSize(1));

        Received callback = world.receiver.about(refId).getFirst();
        assertThat(afterPurchase).isLessThan(RICH);
        assertThat(callback.data().path("rc").asString()).isEqualTo("70");
        assertThat(callback.data().path("status").asString()).isEqualTo("Gagal");
        assertThat(callback.data().path("buyer_last_saldo").asLong()).isEqualTo(RICH);
        assertThat(buyer.saldo()).isEqualTo(RICH);
        assertThat(world.control.deliveries(refId).getFirst().deliveries()).isZero();
    }

    @Test
    void sendsNoneAboutWhatWasFinalAtOnce() throws IOException {
        AccountView account = accountWith(SwitchChange.set().pendingRate(0));
        String refId = name("ref");
        new Buyer(world.sandbox, account).topUp(refId, "tsel10", number());
        String later = name("ref");
        world.buyer(RICH).topUp(later, "tsel10", number());

        eventually(() -> assertThat(world.receiver.about(later)).hasSize(1));
        assertThat(world.receiver.about(refId)).isEmpty();
    }

    @Test
    void sendsToTheAddressTheRequestNames() throws IOException {
        try (CallbackReceiver other = new CallbackReceiver()) {
            String refId = name("ref");
            world.buyer(RICH).topUp(refId, "tsel10", number(), Map.of("cb_url", other.url() + "/special"));

            eventually(() -> assertThat(other.about(refId)).hasSize(1));
            assertThat(other.about(refId).getFirst().path()).isEqualTo("/hook/special");
            assertThat(world.receiver.about(refId)).isEmpty();
        }
    }

    @Test
    void triesAgainUntilItIsAcceptedUnderTheSameDelivery() throws IOException {
        try (CallbackReceiver moody = new CallbackReceiver()) {
            moody.refuseNext(3);
            String refId = name("ref");
            world.buyer(RICH).topUp(refId, "tsel10", number(), Map.of("cb_url", moody.url()));

            eventually(() -> assertThat(moody.about(refId)).hasSize(4));
            eventually(
                    () -> assertThat(world.control.summary().callbacksWaiting()).isZero());
            assertThat(moody.about(refId).stream().map(Received::delivery).distinct())
                    .hasSize(1);
            assertThat(moody.about(refId).stream()
                            .map(callback -> new String(callback.body(), UTF_8))
                            .distinct())
                    .hasSize(1);
        }
    }

    @Test
    void givesUpAfterTenTries() throws IOException {
        AccountView account = accountWith(SwitchChange.set().callbackRetryMs(0));
        try (CallbackReceiver deaf = new CallbackReceiver()) {
            deaf.refuseNext(1_000);
            long failed = world.control.summary().callbacksFailed();
            String refId = name("ref");
            new Buyer(world.sandbox, account).topUp(refId, "tsel10", number(), Map.of("cb_url", deaf.url()));

            eventually(
                    () -> assertThat(world.control.summary().callbacksFailed()).isEqualTo(failed + 1));
            assertThat(deaf.about(refId)).hasSize(10);
        }
    }

    @Test
    void sendsNoneWhenSwitchedOff() throws IOException {
        AccountView account = accountWith(SwitchChange.set().callbackEnabled(false));
        String refId = name("ref");
        new Buyer(world.sandbox, account).topUp(refId, "tsel10", number());

        eventually(() ->
                assertThat(world.control.deliveries(refId).getFirst().status()).isEqualTo("Sukses"));
        assertThat(world.control.summary().callbacksWaiting()).isZero();
        assertThat(world.receiver.about(refId)).isEmpty();
    }

    @Test
    void sendsAsOftenAsItIsTold() throws IOException {
        AccountView account = accountWith(SwitchChange.set().callbackDuplicates(3));
        String refId = name("ref");
        new Buyer(world.sandbox, account).topUp(refId, "tsel10", number());

        eventually(() -> assertThat(world.receiver.about(refId)).hasSize(3));
        assertThat(world.receiver.about(refId).stream().map(Received::delivery).distinct())
                .hasSize(3);
    }

    @Test
    void contradictsItselfWhenToldTo() throws IOException {
        AccountView account = accountWith(SwitchChange.set().contradictLater(true));
        String refId = name("ref");
        new Buyer(world.sandbox, account).topUp(refId, "tsel10", number());

        eventually(() -> assertThat(world.receiver.about(refId)).hasSize(2));
        assertThat(world.receiver.about(refId))
                .extracting(callback -> callback.data().path("status").asString())
                .containsExactly("Sukses", "Gagal");
        assertThat(world.control.deliveries(refId).getFirst().status())
                .as("the truth stays")
                .isEqualTo("Sukses");
    }

    @Test
    void sendsByHandWhatIsAskedFor() throws GeneralSecurityException, IOException {
        AccountView account = accountWith(SwitchChange.set().pendingRate(0));
        Buyer buyer = new Buyer(world.sandbox, account);
        String refId = name("ref");
        buyer.topUp(refId, "tsel10", number());

        CallbackReceipt receipt = world.control.sendCallback(
                RawCallback.about(account.username(), refId).rc("74").signature(RawCallback.Signature.GOOD));
        world.control.sendCallback(RawCallback.about(account.username(), refId)
                .status("Sukses")
                .rc("Z9")
                .sn("forged")
                .signature(RawCallback.Signature.BAD));
        world.control.sendCallback(
                RawCallback.about(account.username(), "unknown-" + refId).signature(RawCallback.Signature.NONE));

        assertThat(receipt.accepted()).isTrue();
        assertThat(receipt.answer()).isEqualTo("ok");
        List<Received> sent = world.receiver.about(refId);
        assertThat(sent).hasSize(2);
        assertThat(sent.getFirst().data().path("status").asString()).isEqualTo("Gagal");
        assertThat(sent.getFirst().data().path("customer_no").asString()).startsWith("0812");
        assertThat(sent.getFirst().signature())
                .isEqualTo(hmacSha1(sent.getFirst().body(), account.webhookSecret()));
        assertThat(sent.getLast().data().path("rc").asString()).isEqualTo("Z9");
        assertThat(sent.getLast().data().path("status").asString()).isEqualTo("Sukses");
        assertThat(sent.getLast().data().path("sn").asString()).isEqualTo("forged");
        assertThat(sent.getLast().signature())
                .startsWith("sha1=")
                .isNotEqualTo(hmacSha1(sent.getLast().body(), account.webhookSecret()));
        assertThat(world.receiver.about("unknown-" + refId).getFirst().signature())
                .isEmpty();
        assertThat(world.control.deliveries(refId).getFirst().status()).isEqualTo("Sukses");
    }

    @Test
    void sendsAnyBodyByHand() {
        AccountView account = world.account(0);

        CallbackReceipt receipt = world.control.sendCallback(new RawCallback(
                account.username(), null, null, null, null, null, null, null, "{\"not\":\"what you expect\"}"));

        assertThat(receipt.sent()).isEqualTo("{\"not\":\"what you expect\"}");
        assertThat(world.receiver.received())
                .anyMatch(callback -> new String(callback.body(), UTF_8).equals(receipt.sent()));
    }

    @Test
    void saysWhyACallbackByHandDidNotArrive() throws IOException {
        int freePort;
        try (CallbackReceiver gone = new CallbackReceiver()) {
            freePort = gone.port();
        }
        AccountView account = world.control.createAccount(
                AccountRequest.named(name("buyer")).callbackUrl("http://127.0.0.1:" + freePort + "/"));
        AccountView deaf = world.control.createAccount(AccountRequest.named(name("buyer")));

        CallbackReceipt receipt = world.control.sendCallback(RawCallback.about(account.username(), "R1"));

        assertThat(receipt.accepted()).isFalse();
        assertThat(receipt.httpStatus()).isNull();
        assertThat(receipt.answer()).contains("ConnectException");
        assertThatThrownBy(() -> world.control.sendCallback(RawCallback.about(deaf.username(), "R1")))
                .isInstanceOf(Refusal.class);
    }

    private AccountView accountWith(SwitchChange change) {
        AccountView account = world.account(RICH);
        world.control.changeSwitches(account.username(), change);
        return account;
    }
}
