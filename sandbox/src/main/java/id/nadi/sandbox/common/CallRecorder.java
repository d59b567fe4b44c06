package id.nadi.sandbox.common;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last calls, cut to size: a window to look through, not a store. */
public final class CallRecorder {
    private static final int CALLS_MAX = 5_000;
    private static final int BODY_BYTES_MAX = 8 * 1024;

    private final @Nullable Raw[] ring = new @Nullable Raw[CALLS_MAX];
    private long count;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Raw(
            long number,
            long atMs,
            String method,
            String path,
            byte[] body,
            byte[] answer,
            int status,
            long micros,
            @Nullable String note) {}

    /**
     * One call as it is shown.
     *
     * @param status the HTTP status answered, 0 if nothing was
     * @param note what was done to the answer, if it did not go out as it was
     */
    public record Call(
            long number,
            Instant at,
            String method,
            String path,
            String body,
            String answer,
            int status,
            double ms,
            @Nullable String note) {}

    /** Notes a call. The arrays are kept, not copied: nobody may change them afterwards. */
    public synchronized void record(
            long atMs,
            String method,
            String path,
            byte[] body,
            byte[] answer,
            int status,
            long nanos,
            @Nullable String note) {
        ring[(int) (count % CALLS_MAX)] =
                new Raw(++count, atMs, method, path, cut(body), cut(answer), status, nanos / 1_000, note);
    }

    private static byte[] cut(byte[] bytes) {
        return bytes.length <= BODY_BYTES_MAX ? bytes : Arrays.copyOf(bytes, BODY_BYTES_MAX);
    }

    /** Returns the last calls, newest first, with the given secrets hidden. */
    public List<Call> last(int limit, Collection<String> secrets) {
        return newest(limit).stream().map(raw -> shown(raw, secrets)).toList();
    }

    private synchronized List<Raw> newest(int limit) {
        List<Raw> calls = new ArrayList<>();
        for (long number = count; number > 0 && calls.size() < Math.min(limit, CALLS_MAX); number--) {
            Raw raw = ring[(int) ((number - 1) % CALLS_MAX)];
            if (raw == null || raw.number != number) {
                break;
            }
            calls.add(raw);
        }
        return calls;
    }

    private static Call shown(Raw raw, Collection<String> secrets) {
        return new Call(
                raw.number,
                Instant.ofEpochMilli(raw.atMs),
                raw.method,
                raw.path,
                masked(raw.body, secrets),
                masked(raw.answer, secrets),
                raw.status,
                raw.micros / 1_000.0,
                raw.note);
    }

    private static String masked(byte[] bytes, Collection<String> secrets) {
        String text = new String(bytes, UTF_8);
        for (String secret : secrets) {
            text = text.replace(secret, "•••");
        }
        return bytes.length < BODY_BYTES_MAX ? text : text + "…";
    }
}
