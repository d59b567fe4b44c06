package id.nadi.orders;

import id.nadi.kernel.Ids;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people call an order: {@code TRX-20261121-0Q8ZK3M9R2XT}. It is made from the id alone (the day in WIB, the
 * millisecond of the day, 33 of the id's random bits), so it needs no column and no index, and it leads back to the few
 * ids of one millisecond.
 */
public final class OrderCode {
    private static final ZoneOffset WIB = ZoneOffset.ofHours(7);
    private static final long DAY_MS = 86_400_000L;
    private static final int RANDOM_BITS = 33;
    private static final long RANDOM_MASK = (1L << RANDOM_BITS) - 1;
    private static final int LETTERS = 12;
    // Crockford's alphabet: no I, L, O, U, so that nothing is misread on a receipt.
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final Pattern FORM = Pattern.compile("TRX-([0-9]{8})-([" + ALPHABET + "]{12})");

    private OrderCode() {}

    public static String of(OrderId order) {
        UUID id = order.value();
        long wibMs = Ids.timeOf(id).toEpochMilli() + WIB.getTotalSeconds() * 1000L;
        long bits = (Math.floorMod(wibMs, DAY_MS) << RANDOM_BITS) | (id.getLeastSignificantBits() & RANDOM_MASK);
        StringBuilder code = new StringBuilder("TRX-")
                .append(DateTimeFormatter.BASIC_ISO_DATE.format(LocalDate.ofEpochDay(Math.floorDiv(wibMs, DAY_MS))))
                .append('-');
        for (int letter = LETTERS - 1; letter >= 0; letter--) {
            code.append(ALPHABET.charAt((int) (bits >>> (5 * letter)) & 31));
        }
        return code.toString();
    }

    /** Where to look for the order of a code: ids from {@code lowest} to {@code highest} that end in {@code random}. */
    record Span(UUID lowest, UUID highest, long random) {
        boolean holds(UUID id) {
            return (id.getLeastSignificantBits() & RANDOM_MASK) == random;
        }
    }

    static Optional<Span> span(String code) {
        Matcher form = FORM.matcher(code.strip().toUpperCase(Locale.ROOT));
        if (!form.matches()) {
            return Optional.empty();
        }
        LocalDate day;
        try {
            day = LocalDate.parse(form.group(1), DateTimeFormatter.BASIC_ISO_DATE);
        } catch (java.time.DateTimeException noSuchDay) {
            return Optional.empty();
        }
        long bits = 0;
        for (char letter : form.group(2).toCharArray()) {
            bits = (bits << 5) | ALPHABET.indexOf(letter);
        }
        if (bits >>> RANDOM_BITS >= DAY_MS) {
            return Optional.empty();
        }
        long ms = day.toEpochDay() * DAY_MS + (bits >>> RANDOM_BITS) - WIB.getTotalSeconds() * 1000L;
        UUID lowest = Ids.lowerBound(Instant.ofEpochMilli(ms));
        return Optional.of(new Span(lowest, Ids.lowerBound(Instant.ofEpochMilli(ms + 1)), bits & RANDOM_MASK));
    }
}
