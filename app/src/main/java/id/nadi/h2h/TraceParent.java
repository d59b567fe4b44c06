package id.nadi.h2h;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The W3C header that ties an order to its caller's trace. */
final class TraceParent {
    private static final String IDS = "-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}";
    private static final Pattern FORM = Pattern.compile("00" + IDS + "|(?!00|ff)[0-9a-f]{2}" + IDS + "(-.*)?");

    /** Versions to come may be longer; the parts that are known stand first. */
    private static final int KNOWN_LENGTH = 55;

    private TraceParent() {}

    /** The header if it has the standard's form; otherwise it is ignored, as the standard asks. */
    static @Nullable String accepted(@Nullable String header) {
        return header != null && FORM.matcher(header).matches() ? header.substring(0, KNOWN_LENGTH) : null;
    }
}
