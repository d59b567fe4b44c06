package id.nadi.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** How much of the machine's time its host gave to others; nothing where the system does not say. */
final class StolenTime {
    private static final Path STAT = Path.of("/proc/stat");
    private static final int STEAL = 7;
    private static final int COUNTED = 8;

    private final long[] before = read();

    /** The share of all processor time since this was made. */
    double share() {
        long[] now = read();
        long all = 0;
        for (int at = 0; at < now.length; at++) {
            all += now[at] - before[at];
        }
        return all == 0 ? 0 : (double) (now[STEAL] - before[STEAL]) / all;
    }

    private static long[] read() {
        try {
            if (!Files.exists(STAT)) {
                return new long[COUNTED];
            }
            try (var lines = Files.lines(STAT)) {
                String[] words = lines.findFirst().orElse("").strip().split("\\s+");
                // Guest time, which follows, is contained in user time.
                return Arrays.stream(words, 1, 1 + COUNTED)
                        .mapToLong(Long::parseLong)
                        .toArray();
            }
        } catch (IOException unreadable) {
            return new long[COUNTED];
        }
    }
}
