package id.nadi.boot;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks of arguments that several commands take. */
final class Arguments {
    private static final int PORT_MAX = 65_535;

    private Arguments() {}

    /** 0 leaves the choice to the system. */
    static void requirePort(CommandSpec spec, int port) {
        if (port < 0 || port > PORT_MAX) {
            throw new ParameterException(spec.commandLine(), "a port is a number from 0 to " + PORT_MAX);
        }
    }
}
