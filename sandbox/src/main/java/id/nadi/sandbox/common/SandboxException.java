package id.nadi.sandbox.common;

import org.jspecify.annotations.Nullable;

/** The sandbox cannot start or go on; the message is a sentence for whoever started it. */
public final class SandboxException extends RuntimeException {
    public SandboxException(String message) {
        super(message);
    }

    public SandboxException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
