package id.nadi.catalog;

import id.nadi.kernel.Money;
import java.time.Instant;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * A thing for sale.
 *
 * @param brand the operator or issuer, by the name that prefixes use
 * @param fulfilment the driver that delivers it
 * @param baseCost what it costs the tenant; prices are made from it
 * @param version moves with every change that matters to a price
 * @param changedAt when anything of it changed last
 */
public record Product(
        ProductId id,
        String code,
        String name,
        CategoryId category,
        String categoryName,
        String brand,
        String fulfilment,
        DestinationKind destination,
        Money baseCost,
        int quantityMax,
        boolean active,
        @Nullable CutOff cutOff,
        String description,
        long version,
        Instant changedAt) {

    /** A time of day in which it is not sold, in the tenant's zone; it may pass midnight. */
    public record CutOff(LocalTime from, LocalTime until) {

        /** None where one end is missing or both are the same, which suppliers write for "never". */
        public static @Nullable CutOff of(@Nullable LocalTime from, @Nullable LocalTime until) {
            return from == null || until == null || from.equals(until) ? null : new CutOff(from, until);
        }

        public boolean covers(LocalTime time) {
            return from.isBefore(until)
                    ? !time.isBefore(from) && time.isBefore(until)
                    : !time.isBefore(from) || time.isBefore(until);
        }
    }
}
