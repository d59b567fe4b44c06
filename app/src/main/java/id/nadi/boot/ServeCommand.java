package id.nadi.boot;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "serve",
        description = "Runs the product. Without NADI_DB_URL it runs its own PostgreSQL over the data folder.",
        footer = {
            "",
            "Everything else is set by the environment (docs/operations.md): NADI_DB_URL, NADI_SECRET_KEY, NADI_BASE_HOST."
        })
final class ServeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8080", description = "Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "0.0.0.0",
            description = "The address to listen on (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private String bind;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Where data and keys are kept (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Option(names = "--help", usageHelp = true, description = "Show this and stop.")
    private boolean help;

    @Override
    public Integer call() throws Exception {
        Application.requireFree(bind, port);
        Application.claim(data);
        Application.start(data, bind, port, Map.of());
        spec.commandLine().getOut().println("nadi listens on " + bind + ":" + port);
        spec.commandLine().getOut().flush();
        return Main.KEEPS_RUNNING;
    }
}
