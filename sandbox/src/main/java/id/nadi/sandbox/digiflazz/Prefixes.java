package id.nadi.sandbox.digiflazz;

import id.nadi.sandbox.common.Table;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which operator a mobile number belongs to. */
final class Prefixes {
    private static final int PREFIX_LENGTH_MIN = 4;

    private final Map<String, Operator> byPrefix = new HashMap<>();
    private final Map<String, Operator> byBrand = new HashMap<>();
    private int prefixLengthMax = PREFIX_LENGTH_MIN;

    record Operator(String brand, int digitsMin, int digitsMax) {}

    Prefixes() {
        for (Table.Row row : Table.read(Prefixes.class, "prefixes.tsv")) {
            Operator operator =
                    new Operator(row.text("brand"), (int) row.number("digits_min"), (int) row.number("digits_max"));
            byBrand.put(operator.brand(), operator);
            for (String prefix : row.text("prefixes").split(" ")) {
                byPrefix.put(prefix, operator);
                prefixLengthMax = Math.max(prefixLengthMax, prefix.length());
            }
        }
    }

    @Nullable
    Operator ofBrand(String brand) {
        return byBrand.get(brand);
    }

    /** The longest prefix decides: by.U has a part of what is otherwise Telkomsel's. */
    @Nullable
    Operator ofNumber(String number) {
        for (int length = Math.min(prefixLengthMax, number.length()); length >= PREFIX_LENGTH_MIN; length--) {
            Operator operator = byPrefix.get(number.substring(0, length));
            if (operator != null) {
                return operator;
            }
        }
        return null;
    }
}
