package id.nadi.boot;

import java.io.IOException;
import java.net.BindException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;

/** Something outside is missing or taken; the message is one sentence for the operator. */
final class CannotStartException extends RuntimeException {
    CannotStartException(String sentence) {
        super(sentence);
    }

    /** The sentence for what an operator can mend; none for a bug, which is better seen whole. */
    static @Nullable String explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case CannotStartException known -> {
                    return known.getMessage();
                }
                case PortInUseException taken -> {
                    return portTaken(taken.getPort());
                }
                case BindException refused -> {
                    return "the address cannot be listened on: " + refused.getMessage();
                }
                default -> {
                    // The next cause may say more.
                }
            }
        }
        return innermost(failure);
    }

    static String portTaken(int port) {
        return "port " + port + " is taken; choose another with --port";
    }

    private static @Nullable String innermost(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        boolean fromOutside = root instanceof IOException
                || root instanceof SQLException
                // The database package refuses unsafe roles and settings in these words.
                || root instanceof IllegalStateException && isFrom(root, "id.nadi.database.");
        return fromOutside ? root.getMessage() : null;
    }

    private static boolean isFrom(Throwable thrown, String packagePrefix) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().startsWith(packagePrefix);
    }
}
