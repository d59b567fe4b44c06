package id.nadi.sandbox.digiflazz;

import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * What to change about a product; null leaves a field as it is. Admin and commission are for bills, everything but
 * {@code active} besides them for prepaid products.
 *
 * @param active false answers 43
 * @param sellerActive false answers 53
 * @param sellerMaintenance true answers 66
 * @param startCutOff {@code HH:mm} in WIB; empty, as for the end, for round the clock
 */
public record ProductChange(
        @Nullable Long price,
        @Nullable Long stock,
        @Nullable Boolean unlimitedStock,
        @Nullable Boolean multi,
        @Nullable Boolean active,
        @Nullable Boolean sellerActive,
        @Nullable Boolean sellerMaintenance,
        @Nullable String startCutOff,
        @Nullable String endCutOff,
        @Nullable Long admin,
        @Nullable Long commission) {
    public ProductChange {
        requireAtLeast("price", price, 1);
        requireAtLeast("stock", stock, 0);
        requireAtLeast("admin", admin, 0);
        requireAtLeast("commission", commission, 0);
        requireTime("startCutOff", startCutOff);
        requireTime("endCutOff", endCutOff);
    }

    private static void requireAtLeast(String name, @Nullable Long value, long least) {
        if (value != null && value < least) {
            throw new IllegalArgumentException(name + " is at least " + least);
        }
    }

    private static void requireTime(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return;
        }
        try {
            LocalTime.parse(value);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(name + " is a time such as 23:45, or empty", e);
        }
    }

    public static ProductChange price(long price) {
        return new ProductChange(price, null, null, null, null, null, null, null, null, null, null);
    }

    /** So many pieces in stock, and no more. */
    public static ProductChange stock(long pieces) {
        return new ProductChange(null, pieces, false, null, null, null, null, null, null, null, null);
    }

    public static ProductChange active(boolean active) {
        return new ProductChange(null, null, null, null, active, null, null, null, null, null, null);
    }

    public static ProductChange sellerActive(boolean active) {
        return new ProductChange(null, null, null, null, null, active, null, null, null, null, null);
    }

    public static ProductChange sellerMaintenance(boolean maintenance) {
        return new ProductChange(null, null, null, null, null, null, maintenance, null, null, null, null);
    }

    public static ProductChange cutOff(String start, String end) {
        return new ProductChange(null, null, null, null, null, null, null, start, end, null, null);
    }

    /** Whether it names nothing that only prepaid products have. */
    boolean fitsBills() {
        return new ProductChange(null, null, null, null, active, null, null, null, null, admin, commission)
                .equals(this);
    }
}
