package id.nadi.boot;

/** A command cannot do what it was asked; the message says why and what to do. */
final class CommandFailed extends RuntimeException {
    CommandFailed(String message) {
        super(message);
    }
}
