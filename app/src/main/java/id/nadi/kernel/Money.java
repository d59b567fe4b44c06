package id.nadi.kernel;

import java.util.Locale;

/**
 * An amount in the smallest used unit of its currency (IDR: rupiah, USD: cent). Arithmetic fails on overflow and on
 * mixed currencies; there is no floating point.
 */
public record Money(long amount, Currency currency) implements Comparable<Money> {

    public static Money idr(long rupiah) {
        return new Money(rupiah, Currency.IDR);
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(amount, sameCurrency(other).amount), currency);
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(amount, sameCurrency(other).amount), currency);
    }

    public Money times(long factor) {
        return new Money(Math.multiplyExact(amount, factor), currency);
    }

    public boolean isPositive() {
        return amount > 0;
    }

    /** How people read it: {@code Rp50.000}, {@code −Rp5.000}, {@code US$12,50}. */
    public String display() {
        String sign = amount < 0 ? "−" : "";
        // Magnitude by text, so that Long.MIN_VALUE is shown too.
        String digits = Long.toString(amount).replace("-", "");
        return switch (currency) {
            case IDR -> sign + "Rp" + grouped(digits);
            case USD -> {
                String padded = "0".repeat(Math.max(0, 3 - digits.length())) + digits;
                int split = padded.length() - 2;
                yield sign + "US$" + grouped(padded.substring(0, split)) + "," + padded.substring(split);
            }
        };
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(amount, sameCurrency(other).amount);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d %s", amount, currency);
    }

    private static String grouped(String digits) {
        StringBuilder out = new StringBuilder(digits);
        for (int at = digits.length() - 3; at > 0; at -= 3) {
            out.insert(at, '.');
        }
        return out.toString();
    }

    private Money sameCurrency(Money other) {
        if (other.currency != currency) {
            throw new IllegalArgumentException("cannot mix " + currency + " with " + other.currency);
        }
        return other;
    }
}
