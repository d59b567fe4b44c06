package id.nadi.sandbox.digiflazz;

/** What becomes of an answer on its way out. */
public enum Mode {
    /** It arrives. */
    NORMAL(true),
    /** The connection is closed without an answer. */
    DOWN(false),
    /** The connection stays open without an answer until the mode changes, and is then closed. */
    HANG(false),
    /** A web server in front answers 500 with a page. */
    HTTP_500(false),
    /** A web server in front answers 200 with a page. */
    GARBAGE(false),
    /** The call is carried out; its answer comes {@code timeoutMs} late. */
    TIMEOUT_AFTER_BUY(true),
    /** The call is carried out; the connection breaks in the middle of its answer. */
    TRUNCATED(true);

    private final boolean carriesOut;

    Mode(boolean carriesOut) {
        this.carriesOut = carriesOut;
    }

    /** Whether the call takes effect even though its answer may be lost. */
    boolean carriesOut() {
        return carriesOut;
    }
}
