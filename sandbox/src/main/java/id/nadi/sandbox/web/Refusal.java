package id.nadi.sandbox.web;

/** A control call that cannot be carried out; the message is for whoever made it. */
public final class Refusal extends RuntimeException {
    private final int status;

    private Refusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    public static Refusal badRequest(String message) {
        return new Refusal(400, message);
    }

    public static Refusal notFound(String message) {
        return new Refusal(404, message);
    }

    public static Refusal conflict(String message) {
        return new Refusal(409, message);
    }

    static Refusal unauthorised() {
        return new Refusal(401, "The header " + WebServer.TOKEN_HEADER + " must carry the token kept in sandbox.json");
    }

    int status() {
        return status;
    }
}
