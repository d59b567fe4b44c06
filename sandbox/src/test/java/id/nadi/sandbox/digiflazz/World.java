package id.nadi.sandbox.digiflazz;

import id.nadi.sandbox.CallbackReceiver;
import id.nadi.sandbox.Http;
import id.nadi.sandbox.Http.Answer;
import id.nadi.sandbox.RunningSandbox;
import id.nadi.sandbox.Sandbox;
import id.nadi.sandbox.SandboxOptions;
import id.nadi.sandbox.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A running sandbox with a clock of its own, a receiver of callbacks, and as many accounts as a test wants. */
final class World implements AutoCloseable {
    private static final AtomicInteger NAMES = new AtomicInteger();

    final TestClock clock = new TestClock();
    final Path data;
    final RunningSandbox sandbox;
    final DigiflazzControl control;
    final CallbackReceiver receiver;

    World() throws IOException {
        data = Files.createTempDirectory("sandbox");
        sandbox = Sandbox.start(SandboxOptions.in(data).clock(clock));
        control = sandbox.digiflazz();
        receiver = new CallbackReceiver();
    }

    AccountView account(long balance) {
        return control.createAccount(
                AccountRequest.named(name("buyer")).balance(balance).callbackUrl(receiver.url()));
    }

    Buyer buyer(long balance) {
        return new Buyer(sandbox, account(balance));
    }

    long price(String sku) {
        return Objects.requireNonNull(control.product(sku).price());
    }

    /** A name nobody had before, for accounts and references. */
    static String name(String kind) {
        return kind + "-" + NAMES.incrementAndGet();
    }

    /** A Telkomsel number nobody had before. */
    static String number() {
        return "0812%08d".formatted(NAMES.incrementAndGet());
    }

    Answer control(String method, String path, String body) throws IOException {
        return Http.call(
                method, sandbox.baseUrl() + "/control" + path, Map.of("X-Sandbox-Token", sandbox.token()), body);
    }

    @Override
    public void close() throws IOException {
        sandbox.close();
        receiver.close();
        delete(data);
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
