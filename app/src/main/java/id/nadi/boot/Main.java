package id.nadi.boot;

import org.springframework.boot.logging.LoggingSystem;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The product's command line; {@code ./nadi} passes its commands here. A new command is one class, named below. */
@Command(
        name = "nadi",
        mixinStandardHelpOptions = true,
        description = "A commerce engine for people who sell digital things.",
        subcommands = {DemoCommand.class, Serve.class, Audit.class})
public final class Main implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    public static void main(String[] arguments) {
        // Silent until the application has read how it shall log.
        LoggingSystem.get(Main.class.getClassLoader()).beforeInitialize();
        System.exit(commandLine().execute(arguments));
    }

    /** Exit codes: 0 fine, 1 failed, 2 wrong usage. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    String sentence = CannotStartException.explain(failure);
                    if (sentence == null) {
                        failure.printStackTrace(line.getErr());
                    } else {
                        line.getErr().println("nadi: " + sentence);
                    }
                    return 1;
                });
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do");
    }
}
