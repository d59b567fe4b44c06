package id.nadi.sandbox.digiflazz;

import static id.nadi.sandbox.Eventually.eventually;
import static id.nadi.sandbox.digiflazz.World.name;
import static id.nadi.sandbox.digiflazz.World.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.nadi.sandbox.Http.Answer;
import id.nadi.sandbox.common.CallRecorder;
import id.nadi.sandbox.digiflazz.Script.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything that can be made to go wrong, as a client sees it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SwitchesTest {
    private static final long RICH = 100_000_000;

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
    void closesTheConnectionWithoutBuyingWhenDown() throws IOException {
        Buyer buyer = buyerWith(SwitchChange.set().mode(Mode.DOWN));
        String refId = name("ref");

        assertThatThrownBy(() -> buyer.topUp(refId, "tsel5", number())).isInstanceOf(IOException.class);
        assertThatThrownBy(buyer::balance).isInstanceOf(IOException.class);
        assertThat(world.control.deliveries(refId)).isEmpty();
    }

    @Test
    void hangsWithoutBuyingUntilTheModeChanges() throws Exception {
        AccountView account = world.account(RICH);
        Buyer buyer = new Buyer(world.sandbox, account);
        world.control.changeSwitches(account.username(), SwitchChange.set().mode(Mode.HANG));
        String refId = name("ref");
        String number = number();
        long withheld = world.control.summary().callsNotCarriedOut();

        CompletableFuture<Boolean> broken = CompletableFuture.supplyAsync(() -> {
            try {
                buyer.topUp(refId, "tsel5", number);
                return false;
            } catch (IOException _) {
                return true;
            }
        });
        eventually(
                () -> assertThat(world.control.summary().callsNotCarriedOut()).isEqualTo(withheld + 1));
        assertThat(broken).isNotDone();
        world.control.changeSwitches(account.username(), SwitchChange.set().mode(Mode.NORMAL));

        assertThat(broken.get()).isTrue();
        assertThat(world.control.deliveries(refId)).isEmpty();
        assertThat(buyer.topUp(refId, "tsel5", number).rc()).isEqualTo("00");
    }

    @Test
    void answers500WithoutBuying() throws IOException {
        Buyer buyer = buyerWith(SwitchChange.set().mode(Mode.HTTP_500));
        String refId = name("ref");

        Answer answer = buyer.topUp(refId, "tsel5", number());

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).contains("<html>");
        assertThat(world.control.deliveries(refId)).isEmpty();
    }

    @Test
    void answersGarbageWithoutBuying() throws IOException {
        Buyer buyer = buyerWith(SwitchChange.set().mode(Mode.GARBAGE));
        String refId = name("ref");

        Answer answer = buyer.topUp(refId, "tsel5", number());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).startsWith("<!doctype html>");
        assertThat(world.control.deliveries(refId)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"DOWN", "HTTP_500", "GARBAGE"})
    void buysBeforeTheFaultWhenToldTo(Mode mode) throws IOException {
        AccountView account = world.account(RICH);
        Buyer buyer = new Buyer(world.sandbox, account);
        world.control.changeSwitches(
                account.username(), SwitchChange.set().mode(mode).buyBeforeFault(true));
        String refId = name("ref");

        try {
            assertThat(buyer.topUp(refId, "tsel5", number()).text()).doesNotContain(refId);
        } catch (IOException _) {
            assertThat(mode).isEqualTo(Mode.DOWN);
        }
        assertThat(world.control.deliveries(refId).getFirst().deliveries()).isEqualTo(1);
        assertThat(world.control.account(account.username()).balance()).isLessThan(RICH);
    }

    @Test
    void buysAndAnswersTooLate() throws IOException {
        Buyer buyer = buyerWith(SwitchChange.set().mode(Mode.TIMEOUT_AFTER_BUY).timeoutMs(60_000));
        String refId = name("ref");

        assertThatThrownBy(() -> buyer.post(
                        "/transaction",
                        Map.of("buyer_sku_code", "tsel5", "customer_no", number(), "ref_id", refId),
                        refId,
                        Duration.ofMillis(300)))
                .isInstanceOf(HttpTimeoutException.class);
        assertThat(world.control.deliveries(refId).getFirst().deliveries()).isEqualTo(1);
    }

    @Test
    void answersInTheEndWhenTheTimeoutIsShort() throws IOException {
        Buyer buyer = buyerWith(SwitchChange.set().mode(Mode.TIMEOUT_AFTER_BUY).timeoutMs(50));

        assertThat(buyer.topUp(name("ref"), "tsel5", number()).rc()).isEqualTo("00");
    }

    @Test
    void buysAndBreaksOffInTheMiddleOfTheAnswer() throws IOException {
        Buyer buyer = buyerWith(SwitchChange.set().mode(Mode.TRUNCATED));
        String refId = name("ref");

        String raw = rawPost(buyer, refId);

        String body = raw.substring(raw.indexOf("\r\n\r\n") + 4);
        assertThat(raw).startsWith("HTTP/1.1 200").containsPattern("Content-Length: \\d+");
        assertThat(body).startsWith("{\"data\":").doesNotEndWith("}}");
        assertThat(world.control.deliveries(refId).getFirst().deliveries()).isEqualTo(1);
    }

    /** Over a bare socket, since clients hide what came before the break. */
    private String rawPost(Buyer buyer, String refId) throws IOException {
        String body = buyer.body(Map.of("buyer_sku_code", "tsel5", "customer_no", number(), "ref_id", refId), refId);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), world.sandbox.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("POST /digiflazz/v1/transaction HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void takesItsTime() throws IOException {
        Buyer buyer = buyerWith(SwitchChange.set().latencyMs(80).latencyJitterMs(20));

        long started = System.nanoTime();
        buyer.balance();

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofMillis(80));
    }

    @Test
    void drawsFailuresAndWaitsAtTheirRates() throws IOException {
        Buyer buyer = buyerWith(SwitchChange.set()
                .failureRate(0.5)
                .failRc("71")
                .pendingRate(0.3)
                .pendingDelayMs(60_000)
                .seed(42));

        List<String> codes = codes(buyer, "draw", 200);

        assertThat(codes).containsOnly("00", "03", "71");
        assertThat(codes.stream().filter("03"::equals).count()).isBetween(40L, 80L);
        assertThat(codes.stream().filter("71"::equals).count()).isBetween(50L, 90L);
    }

    @Test
    void drawsTheSameForTheSameSeedAccountAndReference() throws IOException {
        String username = name("lucky");
        List<List<String>> draws = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            try (World again = new World()) {
                AccountView account = again.control.createAccount(
                        AccountRequest.named(username).balance(RICH));
                again.control.changeSwitches(
                        null, SwitchChange.set().failureRate(0.5).seed(7));
                draws.add(codes(new Buyer(again.sandbox, account), "ref", 30));
            }
        }
        assertThat(draws.getFirst()).isEqualTo(draws.getLast()).contains("00", "02");
    }

    private static List<String> codes(Buyer buyer, String prefix, int count) throws IOException {
        List<String> codes = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            codes.add(buyer.topUp(prefix + index, "tsel5", number()).rc());
        }
        return codes;
    }

    @Test
    void refusesInsteadOfFailingWhenTheCodeCreatesNoTransaction() throws IOException {
        Buyer buyer = buyerWith(SwitchChange.set().failureRate(1).failRc("62"));
        String refId = name("ref");

        Answer answer = buyer.topUp(refId, "tsel5", number());

        assertThat(answer.rc()).isEqualTo("62");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(world.control.deliveries(refId)).isEmpty();
        assertThat(buyer.saldo()).isEqualTo(RICH);
    }

    @Test
    void answersWithACodeNobodyPublished() throws IOException {
        Buyer buyer = buyerWith(SwitchChange.set().unknownRc("X7"));
        String refId = name("ref");

        Answer answer = buyer.topUp(refId, "tsel5", number());

        assertThat(answer.rc()).isEqualTo("X7");
        assertThat(world.control.deliveries(refId).getFirst().rc()).isEqualTo("00");
    }

    @Test
    void layersSwitchesOfAccountsOverThoseOfEverybody() throws IOException {
        try (World layered = new World()) {
            AccountView account = layered.account(RICH);
            DigiflazzControl control = layered.control;
            control.changeSwitches(null, SwitchChange.set().latencyMs(11).timeoutMs(22));
            control.changeSwitches(account.username(), SwitchChange.set().timeoutMs(33));

            assertThat(control.switches(null).timeoutMs()).isEqualTo(22);
            assertThat(control.switches(account.username()).timeoutMs()).isEqualTo(33);
            assertThat(control.switches(account.username()).latencyMs()).isEqualTo(11);
            control.changeSwitches(null, SwitchChange.set().latencyMs(44));
            assertThat(control.switches(account.username()).latencyMs()).isEqualTo(44);
            control.changeSwitches(account.username(), SwitchChange.set().takeBack("timeoutMs"));
            assertThat(control.switches(account.username()).timeoutMs()).isEqualTo(22);
            control.resetSwitches(null);
            assertThat(control.switches(account.username()).timeoutMs()).isEqualTo(60_000);
        }
    }

    @Test
    void followsScriptsWhateverTheSwitchesSay() throws IOException {
        AccountView account = world.account(RICH);
        world.control.changeSwitches(
                account.username(), SwitchChange.set().failureRate(1).pendingDelayMs(20));
        Buyer buyer = new Buyer(world.sandbox, account);

        assertThat(scripted(buyer, Script.of(Outcome.SUCCESS)).rc()).isEqualTo("00");
        assertThat(scripted(buyer, Script.of(Outcome.FAIL)).rc()).isEqualTo("02");
        assertThat(scripted(buyer, Script.of(Outcome.FAIL).rc("72")).rc()).isEqualTo("72");
        assertThat(scripted(buyer, Script.of(Outcome.FAIL).rc("47")).status()).isEqualTo(400);
        assertThat(scripted(buyer, Script.of(Outcome.PENDING_SUCCESS).rc("99")).rc())
                .isEqualTo("99");
        assertSettles(scripted(buyer, Script.of(Outcome.PENDING_SUCCESS).delayMs(1)), "03", "00");
        assertSettles(scripted(buyer, Script.of(Outcome.PENDING_FAIL).rc("74").delayMs(1)), "03", "74");
        assertThat(scripted(buyer, Script.of(Outcome.TIMEOUT_SUCCESS).delayMs(1))
                        .rc())
                .isEqualTo("00");
        assertThat(scripted(buyer, Script.of(Outcome.TIMEOUT_FAIL).delayMs(1)).rc())
                .isEqualTo("02");
        assertThat(scripted(buyer, Script.of(Outcome.GARBAGE)).text()).contains("<html>");
        assertThatThrownBy(() -> scripted(buyer, Script.of(Outcome.DOWN))).isInstanceOf(IOException.class);
    }

    private Answer scripted(Buyer buyer, Script script) throws IOException {
        String number = number();
        world.control.script(number, script);
        return buyer.topUp(name("ref"), "tsel5", number);
    }

    private void assertSettles(Answer answer, String first, String last) {
        assertThat(answer.rc()).isEqualTo(first);
        String refId = answer.data().path("ref_id").asString();
        eventually(() ->
                assertThat(world.control.deliveries(refId).getFirst().rc()).isEqualTo(last));
    }

    @Test
    void answersTooLateAndSettlesLaterByScript() throws IOException {
        AccountView account = world.account(RICH);
        world.control.changeSwitches(account.username(), SwitchChange.set().timeoutMs(60_000));
        Buyer buyer = new Buyer(world.sandbox, account);
        String number = number();
        String refId = name("ref");
        world.control.script(number, Script.of(Outcome.TIMEOUT_PENDING_SUCCESS).delayMs(1));

        assertThatThrownBy(() -> buyer.post(
                        "/transaction",
                        Map.of("buyer_sku_code", "tsel5", "customer_no", number, "ref_id", refId),
                        refId,
                        Duration.ofMillis(200)))
                .isInstanceOf(HttpTimeoutException.class);
        eventually(() -> assertThat(world.receiver.about(refId)).hasSize(1));
    }

    @Test
    void usesScriptsUp() throws IOException {
        Buyer buyer = world.buyer(RICH);
        String number = number();
        world.control.script(number, Script.of(Outcome.FAIL).times(2));

        assertThat(buyer.topUp(name("ref"), "tsel5", number).rc()).isEqualTo("02");
        assertThat(buyer.topUp(name("ref"), "tsel5", number).rc()).isEqualTo("02");
        assertThat(world.control.scripts()).doesNotContainKey(number);
        assertThat(buyer.topUp(name("ref"), "tsel5", number).rc()).isEqualTo("00");
    }

    @Test
    void breaksTheFirstCallByScriptAndLetsTheNextThrough() throws IOException {
        Buyer buyer = world.buyer(RICH);
        String number = number();
        String refId = name("ref");
        world.control.script(number, Script.of(Outcome.DOWN).times(1));

        assertThatThrownBy(() -> buyer.topUp(refId, "tsel5", number)).isInstanceOf(IOException.class);
        assertThat(buyer.topUp(refId, "tsel5", number).rc()).isEqualTo("00");
        assertThat(world.control.deliveries(refId).getFirst().purchaseCalls()).isEqualTo(1);
    }

    @Test
    void followsScriptsForBillsToo() throws IOException {
        Buyer buyer = world.buyer(RICH);
        world.control.script("532222222222", Script.of(Outcome.FAIL).rc("70"));
        String refId = name("bill");

        assertThat(buyer.bill("inq-pasca", refId, "pln", "532222222222").rc()).isEqualTo("00");
        assertThat(buyer.bill("pay-pasca", refId, "pln", "532222222222").rc()).isEqualTo("70");
        assertThat(buyer.saldo()).isEqualTo(RICH);
    }

    @Test
    void recordsWhatItDidToAnswers() throws IOException {
        String refId = name("ref");
        buyerWith(SwitchChange.set().mode(Mode.GARBAGE).buyBeforeFault(true)).topUp(refId, "tsel5", number());

        CallRecorder.Call call = world.sandbox.calls(1).getFirst();

        assertThat(call.path()).isEqualTo("/digiflazz/v1/transaction");
        assertThat(call.body()).contains(refId).contains("\"sign\"");
        assertThat(call.answer()).contains("pemeliharaan");
        assertThat(call.note()).contains("page").contains("carried out before");
    }

    private Buyer buyerWith(SwitchChange change) {
        AccountView account = world.account(RICH);
        world.control.changeSwitches(account.username(), change);
        return new Buyer(world.sandbox, account);
    }
}
