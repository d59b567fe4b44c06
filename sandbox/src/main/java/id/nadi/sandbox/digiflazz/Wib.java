package id.nadi.sandbox.digiflazz;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** Western Indonesian time, by which the supplier's days and cut-offs go. */
final class Wib {
    static final ZoneId ZONE = ZoneId.of("Asia/Jakarta");
    private static final long DAY_MS = 86_400_000;
    /** The zone has had no daylight saving since 1964, so days can be counted without a calendar. */
    private static final long OFFSET_MS = 7 * 3_600_000L;

    private Wib() {}

    static ZonedDateTime at(long epochMs) {
        return Instant.ofEpochMilli(epochMs).atZone(ZONE);
    }

    /** The number of the local day, for telling whether two moments fall on the same one. */
    static long day(long epochMs) {
        return Math.floorDiv(epochMs + OFFSET_MS, DAY_MS);
    }
}
