package id.nadi.connect;

import java.nio.charset.StandardCharsets;

/** What became of one call. */
public sealed interface Exchange {

    /** An answer came, whole and within its bounds. */
    record Answered(int status, byte[] body) implements Exchange {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** The request provably never left: no connection, or an address that may not be reached. */
    record NotSent(String reason) implements Exchange {}

    /** The request may have arrived and no usable answer came: broken connection, time, size. */
    record Lost(String reason) implements Exchange {}
}
