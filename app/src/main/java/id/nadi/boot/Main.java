package id.nadi.boot;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The product's command line. Exit codes: 0 fine, 1 failed, 2 wrong usage. */
@Command(
        name = "nadi",
        description = "A commerce engine for people who sell digital things in Indonesia.",
        subcommands = {ServeCommand.class, DemoCommand.class, AuditCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Exit codes: 0 fine, 1 failed, 2 wrong usage."})
public final class Main {
    @Option(names = "--help", usageHelp = true, description = "Show this and stop.")
    private boolean help;

    private Main() {}

    public static void main(String... arguments) {
        int exit = commandLine().execute(arguments);
        if (exit != KEEPS_RUNNING) {
            System.exit(exit);
        }
    }

    /** A command whose server goes on in threads of its own. */
    static final int KEEPS_RUNNING = -1;

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            PrintWriter err = command.getErr();
            err.println("nadi: " + Failures.sentence(failure));
            return 1;
        });
        return commandLine;
    }
}
