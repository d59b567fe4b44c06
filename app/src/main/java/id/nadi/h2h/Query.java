package id.nadi.h2h;

import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Page;
import id.nadi.kernel.Phrase;
import id.nadi.kernel.Refusal;
import id.nadi.kernel.RefusedException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads query parameters, refused by their names. */
final class Query {
    private static final int LIMIT_USUAL = 50;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    // Times become bounds of UUIDv7s, which hold 48 bits of milliseconds: this is far inside.
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("3000-01-01T00:00:00Z");

    private Query() {}

    /** A span of time, from inclusive, until exclusive; open where nothing was said. */
    record Period(@Nullable Instant from, @Nullable Instant until) {}

    /** Reads a span; a date alone means that whole day in the zone. */
    static Period period(@Nullable String from, @Nullable String to, ZoneId zone) {
        Instant first = from == null ? null : instant("from", from, zone, 0);
        Instant last = to == null ? null : instant("to", to, zone, 1);
        if (first != null && last != null && first.isAfter(last)) {
            throw invalid("from", new Phrase("lebih akhir daripada to", "it is after to"));
        }
        return new Period(first, last);
    }

    static @Nullable Instant since(String name, @Nullable String text, ZoneId zone) {
        return text == null ? null : instant(name, text, zone, 0);
    }

    static int limit(@Nullable String text) {
        if (text == null) {
            return LIMIT_USUAL;
        }
        int limit = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > Page.ITEMS_MAX) {
            throw invalid("limit", new Phrase("1 sampai " + Page.ITEMS_MAX, "1 to " + Page.ITEMS_MAX));
        }
        return limit;
    }

    static <E extends Enum<E>> @Nullable E oneOf(String name, @Nullable String text, E[] values) {
        if (text == null) {
            return null;
        }
        return Arrays.stream(values)
                .filter(value -> value.name().equals(text))
                .findFirst()
                .orElseThrow(() -> invalid(
                        name,
                        new Phrase("salah satu dari " + Arrays.toString(values), "one of " + Arrays.toString(values))));
    }

    static RefusedException invalid(String name, Phrase reason) {
        return Refusal.of(ErrorCode.PARAMETER_INVALID, name, reason).asException();
    }

    private static Instant instant(String name, String text, ZoneId zone, int daysAfter) {
        Instant instant;
        try {
            instant = text.length() == 10
                    ? LocalDate.parse(text)
                            .plusDays(daysAfter)
                            .atStartOfDay(zone)
                            .toInstant()
                    // A plus that nobody escaped arrives as a space, and a time holds no other.
                    : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeException unreadable) {
            throw notATime(name);
        }
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw notATime(name);
        }
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }

    private static RefusedException notATime(String name) {
        return invalid(
                name,
                new Phrase(
                        "tulis 2026-11-21 atau 2026-11-21T08:00:00+07:00",
                        "write 2026-11-21 or 2026-11-21T08:00:00+07:00"));
    }
}
