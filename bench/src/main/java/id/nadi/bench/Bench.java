package id.nadi.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./nadi bench}: one subcommand for each bench. */
@Command(
        name = "nadi bench",
        description = "Measures Nadi beside a yardstick on the same machine and prints a table.",
        mixinStandardHelpOptions = true,
        subcommands = EngineBench.class)
public final class Bench implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Bench()).setExecutionExceptionHandler((failure, line, parsed) -> {
            if (failure instanceof NoFigureException) {
                line.getErr().println("nadi bench: " + failure.getMessage());
                return 1;
            }
            throw failure;
        });
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which bench to run");
    }

    /** Why there is no figure, in one sentence. */
    static final class NoFigureException extends RuntimeException {
        NoFigureException(String message) {
            super(message);
        }
    }
}
