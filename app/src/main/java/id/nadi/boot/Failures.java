package id.nadi.boot;

import org.jspecify.annotations.Nullable;

/** Says in one sentence why a command failed. */
final class Failures {
    private static final int CAUSES_MAX = 20;

    private Failures() {}

    /** The innermost message that says something: frameworks wrap, the cause knows. */
    static String sentence(Throwable failure) {
        String said = failure.getMessage();
        Throwable cause = failure;
        for (int depth = 0; depth < CAUSES_MAX && cause != null; depth++) {
            if (cause.getMessage() != null) {
                said = cause.getMessage();
            }
            cause = next(cause);
        }
        String text = said == null ? failure.getClass().getSimpleName() : said;
        int line = text.indexOf('\n');
        return line < 0 ? text : text.substring(0, line);
    }

    private static @Nullable Throwable next(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == failure ? null : cause;
    }
}
