package id.nadi.sandbox;

import id.nadi.sandbox.common.Home;
import id.nadi.sandbox.common.SandboxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the outside world: as a process of its own, or inside a test. */
@Command(
        name = "sandbox",
        sortOptions = false,
        description = "Stand-ins for suppliers and gateways that speak their real protocols on loopback.",
        footer = {"", "Exit codes: 0 stopped as asked, 1 failed, 2 wrong usage."})
public final class Sandbox implements Callable<Integer> {
    private static final int PORT_MAX = 65_535;
    private static final long SECONDS_MAX = 86_400;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "The directory it keeps everything in.")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Option(names = "--port", paramLabel = "PORT", description = "Where to listen; 0 for any free port (default).")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private String bind;

    @Option(
            names = "--min-repoll-s",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long the same reference may not be asked about again (default: ${DEFAULT-VALUE}).")
    private long minRepollS;

    @Option(
            names = "--price-list-interval-s",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long the whole price list may not be asked for again (default: ${DEFAULT-VALUE}).")
    private long priceListIntervalS;

    @Option(names = "--help", usageHelp = true, description = "Show this and stop.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    private Sandbox() {}

    public static void main(String... arguments) {
        // Named, not found: a logback.xml at the root of this jar would configure whoever embeds the sandbox.
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "id/nadi/sandbox/logback.xml");
        }
        System.exit(new CommandLine(new Sandbox()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        require(port >= 0 && port <= PORT_MAX, "--port is 0 to " + PORT_MAX);
        require(minRepollS >= 0 && minRepollS <= SECONDS_MAX, "--min-repoll-s is 0 to " + SECONDS_MAX);
        require(
                priceListIntervalS >= 0 && priceListIntervalS <= SECONDS_MAX,
                "--price-list-interval-s is 0 to " + SECONDS_MAX);
        try {
            run(options());
            return 0;
        } catch (SandboxException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        }
    }

    private void require(boolean condition, String message) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    private SandboxOptions options() {
        return new SandboxOptions(
                data,
                bind,
                port,
                Duration.ofSeconds(minRepollS),
                Duration.ofSeconds(priceListIntervalS),
                InstantSource.system());
    }

    private void run(SandboxOptions options) throws InterruptedException {
        RunningSandbox running = start(options);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            running.close();
            // Being asked to stop is no failure: without this the process would end with 143.
            Runtime.getRuntime().halt(0);
        }));
        spec.commandLine().getOut().println("sandbox listening on " + running.baseUrl());
        spec.commandLine().getOut().flush();
        running.awaitClose();
    }

    /**
     * Starts a sandbox in this process. Close it to give its directory and port back.
     *
     * @throws SandboxException if the directory is held by another sandbox or unreadable, or the port is taken
     */
    public static RunningSandbox start(SandboxOptions options) {
        Home home = Home.claim(options.data());
        try {
            return new RunningSandbox(home, options);
        } catch (RuntimeException e) {
            home.close();
            throw e;
        }
    }
}
