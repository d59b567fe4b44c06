package id.nadi.boot;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nadi serve}: the product, until it is stopped. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the product until it is stopped.",
            "Without NADI_DB_URL it runs its own PostgreSQL in the data folder."
        })
final class Serve implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "N", defaultValue = "8080", description = "Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "0.0.0.0",
            description = "The address to listen on. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // picocli always sets it
    private String bind;

    @Mixin
    private final DataOption data = new DataOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Arguments.requirePort(spec, port);
        RunningServer server = RunningServer.start(data.directory(), bind, port, Map.of());
        spec.commandLine().getOut().println("Nadi listens on " + bind + ", port " + server.port());
        spec.commandLine().getOut().flush();
        // A signal closes the application by its own hook; this waits for that.
        server.awaitEnd();
        return 0;
    }
}
