package id.nadi.boot;

import id.nadi.database.DataDirectory;
import id.nadi.database.EmbeddedDatabase;
import id.nadi.demo.Demo;
import id.nadi.demo.SandboxProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nadi demo}: everything on this machine, and sales to look at. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Starts everything on this machine, sells some dozens of orders, and stays up to be looked at.",
            "Listens on 127.0.0.1 alone. Its secrets are made at the first start and stand in DIR/demo.json."
        })
final class DemoCommand implements Callable<Integer> {
    private static final String ADDRESS = "127.0.0.1";

    @Option(names = "--port", paramLabel = "N", defaultValue = "8080", description = "Default: ${DEFAULT-VALUE}.")
    private int port;

    @Mixin
    private final DataOption data = new DataOption();

    @Option(names = "--fresh", description = "Removes what an earlier demo left in the folder first.")
    private boolean fresh;

    @Option(names = "--once", description = "Stops after selling; exit code 0 only if everything ended as it should.")
    private boolean once;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls the command
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Arguments.requirePort(spec, port);
        if (RunningServer.hasOutsideDatabase()) {
            throw new CannotStartException("the demo runs on its own database; unset NADI_DB_URL");
        }
        RunningServer.requireFree(ADDRESS, port);
        Path directory = data.directory();
        if (fresh) {
            remove(directory);
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        // The folder is taken before the sandbox is touched: it may serve a demo that runs already.
        try (DataDirectory owned = RunningServer.own(directory)) {
            SandboxProcess sandbox = SandboxProcess.open(owned.path());
            // Asked to stop, or failing, the sandbox goes with us; killed, it stays and the next demo adopts it.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(sandbox)));
            try (RunningServer server = RunningServer.start(owned, ADDRESS, port, settings(sandbox))) {
                URI baseUrl = URI.create("http://" + ADDRESS + ":" + server.port());
                boolean asExpected = server.context().getBean(Demo.class).run(owned.path(), sandbox, baseUrl, out);
                if (!once) {
                    server.awaitEnd();
                    return 0;
                }
                return asExpected ? 0 : 1;
            }
        }
    }

    private static Map<String, Object> settings(SandboxProcess sandbox) {
        URI address = sandbox.baseUrl();
        return Map.of(
                "nadi.demo",
                true,
                "nadi.sandbox-url",
                address.toString(),
                "nadi.connect.allow",
                address.getHost() + ":" + address.getPort(),
                "nadi.suppliers.call-timeout",
                "3s",
                "nadi.suppliers.digiflazz.repoll-min",
                SandboxProcess.REPOLL_SECONDS + 1 + "s");
    }

    private static void close(SandboxProcess sandbox) {
        try {
            sandbox.close();
        } catch (IOException failed) {
            System.err.println("nadi: the sandbox could not be stopped: " + failed.getMessage());
        }
    }

    /** Removes what an earlier demo left, and only that: a folder that no demo has made is not touched. */
    private static void remove(Path directory) throws IOException, InterruptedException {
        if (!Files.exists(directory)) {
            return;
        }
        try (var entries = Files.list(directory)) {
            if (entries.findAny().isEmpty()) {
                return;
            }
        }
        if (!Files.exists(directory.resolve(Demo.FILE))) {
            throw new CannotStartException(directory.toAbsolutePath() + " was not made by a demo (it has no "
                    + Demo.FILE + "), so --fresh does not remove it");
        }
        try (DataDirectory owned = RunningServer.own(directory)) {
            SandboxProcess.stopLeftOver(owned.path());
            EmbeddedDatabase.stopLeftOver(owned.path());
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                        throws IOException {
                    if (!folder.equals(directory)) {
                        Files.delete(folder);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }
}
