package id.nadi.orders;

import java.math.BigInteger;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a supplier knows one attempt by: the order's id in base 36 and the attempt's number. It leads back to both without
 * a look-up, so a message from outside needs no index; what it says is believed only if the attempt's row agrees.
 */
public record AttemptReference(OrderId order, int number) {
    private static final Pattern FORM = Pattern.compile("N([0-9A-Z]{25})-([1-9][0-9]{0,2})");
    private static final int RADIX = 36;

    public String text() {
        BigInteger bits = BigInteger.valueOf(order.value().getMostSignificantBits())
                .and(MASK)
                .shiftLeft(64)
                .or(BigInteger.valueOf(order.value().getLeastSignificantBits()).and(MASK));
        String digits = bits.toString(RADIX).toUpperCase(java.util.Locale.ROOT);
        return "N" + "0".repeat(25 - digits.length()) + digits + "-" + number;
    }

    public static Optional<AttemptReference> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        BigInteger bits = new BigInteger(form.group(1), RADIX);
        if (bits.bitLength() > 128) {
            return Optional.empty();
        }
        UUID id = new UUID(bits.shiftRight(64).longValue(), bits.longValue());
        return Optional.of(new AttemptReference(new OrderId(id), Integer.parseInt(form.group(2))));
    }

    private static final BigInteger MASK = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
}
