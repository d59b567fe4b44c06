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
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = "Starts everything on this machine, sells some dozens of orders, and stays up to be looked at.",
        footer = {"", "Listens on 127.0.0.1 alone. Its secrets are made at the first start and stand in DIR/demo.json."
        })
final class DemoCommand implements Callable<Integer> {
    private static final String ADDRESS = "127.0.0.1";

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8080", description = "Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Where data and keys are kept (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Option(names = "--fresh", description = "Removes the demo's data first.")
    private boolean fresh;

    @Option(names = "--once", description = "Stops after selling; exit code 0 only if everything ended as it should.")
    private boolean once;

    @Option(names = "--help", usageHelp = true, description = "Show this and stop.")
    private boolean help;

    @Override
    public Integer call() throws Exception {
        if (Application.hasOutsideDatabase()) {
            throw new CommandFailed("the demo runs on its own database; unset NADI_DB_URL");
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (fresh) {
            remove();
        }
        Application.requireFree(ADDRESS, port);
        DataDirectory folder = Application.claim(data);
        SandboxProcess sandbox = SandboxProcess.open(data);
        // Asked to stop, or failing, the sandbox goes with us; killed, it stays and the next demo adopts it.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(sandbox)));
        URI baseUrl = URI.create("http://" + ADDRESS + ":" + port);
        ConfigurableApplicationContext context = Application.start(data, ADDRESS, port, settings(sandbox));
        boolean asExpected = context.getBean(Demo.class).run(data, sandbox, baseUrl, out);
        if (!once) {
            return Main.KEEPS_RUNNING;
        }
        context.close();
        close(folder);
        return asExpected ? 0 : 1;
    }

    private static Map<String, Object> settings(SandboxProcess sandbox) {
        URI address = sandbox.baseUrl();
        return Map.of(
                "nadi.demo",
                true,
                "nadi.sandbox-url",
                address,
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

    private static void close(@Nullable DataDirectory folder) throws IOException {
        if (folder != null) {
            folder.close();
        }
    }

    /** Removes what an earlier demo left, and only that: a folder that no demo has made is not touched. */
    private void remove() throws Exception {
        if (!Files.exists(data)) {
            return;
        }
        try (var entries = Files.list(data)) {
            if (entries.findAny().isEmpty()) {
                return;
            }
        }
        if (!Files.exists(data.resolve("demo.json"))) {
            throw new CommandFailed(data.toAbsolutePath() + " has not been made by a demo (it has no demo.json);"
                    + " --fresh does not remove it");
        }
        try (DataDirectory folder = Application.claim(data)) {
            SandboxProcess.stopLeftOver(data);
            EmbeddedDatabase.stopLeftOver(data);
            Files.walkFileTree(data, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                        throws IOException {
                    if (!directory.equals(data)) {
                        Files.delete(directory);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }
}
