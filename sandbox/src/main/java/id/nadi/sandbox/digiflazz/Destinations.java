package id.nadi.sandbox.digiflazz;

import static id.nadi.sandbox.digiflazz.ResponseCode.DIGITS_WRONG;
import static id.nadi.sandbox.digiflazz.ResponseCode.NUMBER_WRONG;
import static id.nadi.sandbox.digiflazz.ResponseCode.PREFIX_MISMATCH;

import org.jspecify.annotations.Nullable;

/** Which destinations a product takes. */
final class Destinations {
    private final Prefixes prefixes = new Prefixes();

    /** Returns why the destination is refused, or null if it is taken. */
    @Nullable
    ResponseCode refusal(PrepaidProduct product, String destination, boolean dotAllowed) {
        if (destination.contains(".") && !dotAllowed) {
            return NUMBER_WRONG;
        }
        Prefixes.Operator operator = prefixes.ofBrand(product.brand());
        if (operator != null) {
            return mobile(operator, destination);
        }
        return switch (product.category()) {
            case "PLN" -> digits(destination, 11, 12);
            case "E-Money" -> destination.startsWith("08") ? digits(destination, 10, 13) : NUMBER_WRONG;
            default -> lengthWithin(destination, 4, 60) ? null : DIGITS_WRONG;
        };
    }

    private @Nullable ResponseCode mobile(Prefixes.Operator operator, String number) {
        ResponseCode miscounted = digits(number, operator.digitsMin(), operator.digitsMax());
        if (miscounted != null) {
            return miscounted;
        }
        Prefixes.Operator owner = prefixes.ofNumber(number);
        if (owner == null) {
            return NUMBER_WRONG;
        }
        return owner.equals(operator) ? null : PREFIX_MISMATCH;
    }

    /** A number of so many digits, as PLN checks ask for too. */
    static @Nullable ResponseCode digits(String number, int min, int max) {
        if (!number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return NUMBER_WRONG;
        }
        return lengthWithin(number, min, max) ? null : DIGITS_WRONG;
    }

    private static boolean lengthWithin(String text, int min, int max) {
        return text.length() >= min && text.length() <= max;
    }
}
