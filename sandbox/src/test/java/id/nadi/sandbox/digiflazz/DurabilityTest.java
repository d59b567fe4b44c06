package id.nadi.sandbox.digiflazz;

import static id.nadi.sandbox.Eventually.eventually;
import static id.nadi.sandbox.digiflazz.World.number;
import static org.assertj.core.api.Assertions.assertThat;

import id.nadi.sandbox.CallbackReceiver;
import id.nadi.sandbox.Http.Answer;
import id.nadi.sandbox.RunningSandbox;
import id.nadi.sandbox.Sandbox;
import id.nadi.sandbox.SandboxOptions;
import id.nadi.sandbox.TestClock;
import id.nadi.sandbox.digiflazz.Script.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is left after a process ended without a word: the files as they are at that moment, which are copied away from
 * under a sandbox that goes on running.
 */
class DurabilityTest {
    private static final String NUMBER = "081212345678";

    @TempDir
    private Path root;

    private final TestClock clock = new TestClock();
    private Path data;
    private RunningSandbox sandbox;

    @BeforeEach
    void start() {
        data = root.resolve("data");
        sandbox = Sandbox.start(options(data));
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private SandboxOptions options(Path directory) {
        return SandboxOptions.in(directory).clock(clock);
    }

    /** Goes on from a copy of the files, as if the first process had just been killed. */
    private RunningSandbox successor(String name) throws IOException {
        Path copy = Files.createDirectory(root.resolve(name));
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return Sandbox.start(options(copy));
    }

    @Test
    void remembersEverythingThatWasAnswered() throws IOException {
        DigiflazzControl control = sandbox.digiflazz();
        AccountView account = control.createAccount(AccountRequest.named("demo").balance(1_000_000));
        Buyer buyer = new Buyer(sandbox, account);
        control.changeProduct("tsel10", ProductChange.price(9_999));
        control.changeProduct("rbx400", ProductChange.stock(3));
        control.changeSwitches("demo", SwitchChange.set().timeoutMs(123));
        control.script("081299999999", Script.of(Outcome.FAIL).times(2));
        control.block("081288888888");
        Answer bought = buyer.topUp("bought", "tsel10", NUMBER);
        buyer.topUp("bought", "tsel10", NUMBER);
        buyer.topUp("failed", "tsel10", "081299999999");
        buyer.topUp("game", "rbx400", "buyer");
        Answer inquired = buyer.bill("inq-pasca", "bill", "pln", "531234567890");
        Answer paid = buyer.bill("pay-pasca", "bill", "pln", "531234567890");
        buyer.balance();

        try (RunningSandbox next = successor("next")) {
            DigiflazzControl after = next.digiflazz();
            assertThat(next.token()).isEqualTo(sandbox.token());
            assertThat(after.accounts()).isEqualTo(control.accounts());
            assertThat(after.summary()).isEqualTo(control.summary());
            assertThat(after.deliveries(null, null, 0, 100)).isEqualTo(control.deliveries(null, null, 0, 100));
            assertThat(after.statement("demo", null, null, 0, 100))
                    .isEqualTo(control.statement("demo", null, null, 0, 100));
            assertThat(after.products()).isEqualTo(control.products());
            assertThat(after.product("rbx400").stock()).isEqualTo(2);
            assertThat(after.switches("demo")).isEqualTo(control.switches("demo"));
            assertThat(after.scripts())
                    .isEqualTo(Map.of("081299999999", Script.of(Outcome.FAIL).times(1)));
            assertThat(after.blockedNumbers()).containsExactly("081288888888");

            Buyer again = new Buyer(next, account);
            assertThat(again.topUp("bought", "tsel10", NUMBER).rc())
                    .as("still within the minute")
                    .isEqualTo("85");
            clock.advance(Duration.ofMinutes(2));
            assertThat(again.topUp("bought", "tsel10", NUMBER)).isEqualTo(bought);
            assertThat(again.bill("status-pasca", "bill", "pln", "531234567890"))
                    .isEqualTo(paid);
            assertThat(inquired.data().path("price")).isEqualTo(paid.data().path("price"));
        }
    }

    @Test
    void settlesWhatWasPendingAndTellsTheBuyer() throws IOException {
        try (CallbackReceiver receiver = new CallbackReceiver()) {
            AccountView account = sandbox.digiflazz()
                    .createAccount(
                            AccountRequest.named("demo").balance(1_000_000).callbackUrl(receiver.url()));
            sandbox.digiflazz()
                    .changeSwitches(null, SwitchChange.set().pendingRate(1).pendingDelayMs(3_600_000));
            assertThat(new Buyer(sandbox, account)
                            .topUp("pending", "tsel10", NUMBER)
                            .rc())
                    .isEqualTo("03");

            clock.advance(Duration.ofHours(2)); // the first process sleeps on, as if dead
            try (RunningSandbox next = successor("next")) {
                eventually(() -> assertThat(receiver.about("pending")).hasSize(1));
                assertThat(receiver.about("pending")
                                .getFirst()
                                .data()
                                .path("rc")
                                .asString())
                        .isEqualTo("00");
                assertThat(next.digiflazz().deliveries("pending").getFirst().deliveries())
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void goesOnSendingCallbacksThatWereNotAccepted() throws IOException {
        try (CallbackReceiver receiver = new CallbackReceiver()) {
            receiver.refuseNext(1);
            AccountView account = sandbox.digiflazz()
                    .createAccount(
                            AccountRequest.named("demo").balance(1_000_000).callbackUrl(receiver.url()));
            sandbox.digiflazz()
                    .changeSwitches(
                            null,
                            SwitchChange.set().pendingRate(1).pendingDelayMs(1).callbackRetryMs(3_600_000));
            new Buyer(sandbox, account).topUp("told-late", "tsel10", NUMBER);
            eventually(() -> assertThat(Files.readString(data.resolve("digiflazz-000001.jsonl")))
                    .contains("callback-missed"));

            clock.advance(Duration.ofHours(2));
            try (RunningSandbox next = successor("next")) {
                eventually(() -> assertThat(receiver.about("told-late")).hasSize(2));
                eventually(() ->
                        assertThat(next.digiflazz().summary().callbacksSent()).isEqualTo(1));
                assertThat(receiver.about("told-late").getFirst().delivery())
                        .isEqualTo(receiver.about("told-late").getLast().delivery());
            }
        }
    }

    @Test
    void dropsATornLastLine() throws IOException {
        AccountView account =
                sandbox.digiflazz().createAccount(AccountRequest.named("demo").balance(1_000_000));
        new Buyer(sandbox, account).topUp("whole", "tsel10", NUMBER);
        Path journal = data.resolve("digiflazz-000001.jsonl");
        Files.writeString(journal, "{\"is\":\"bought\",\"at\":1,\"num", StandardOpenOption.APPEND);

        try (RunningSandbox next = successor("next")) {
            assertThat(next.digiflazz().deliveries("whole")).hasSize(1);
            assertThat(new Buyer(next, account)
                            .topUp("another", "tsel10", number())
                            .rc())
                    .isEqualTo("00");
        }
    }

    @Test
    void carriesOnAfterAProperEnd() throws IOException {
        AccountView account =
                sandbox.digiflazz().createAccount(AccountRequest.named("demo").balance(1_000_000));
        new Buyer(sandbox, account).topUp("before", "tsel10", NUMBER);
        String token = sandbox.token();
        sandbox.close();
        assertThat(Files.exists(data.resolve("sandbox.json"))).isFalse();

        sandbox = Sandbox.start(options(data));

        assertThat(sandbox.token()).isEqualTo(token);
        assertThat(sandbox.digiflazz().deliveries("before")).hasSize(1);
        assertThat(List.of("demo"))
                .isEqualTo(sandbox.digiflazz().accounts().stream()
                        .map(AccountView::username)
                        .toList());
    }
}
