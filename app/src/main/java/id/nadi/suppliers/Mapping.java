package id.nadi.suppliers;

import id.nadi.catalog.Product.CutOff;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * What one supplier offers for one of our products.
 *
 * @param open whether it can be bought at all: switched on by us, available there, the supplier itself in use
 * @param priority the smaller is asked first
 * @param stock what is left there; none for no limit
 */
record Mapping(
        SupplierId supplier,
        String code,
        long cost,
        int priority,
        boolean open,
        @Nullable Long stock,
        boolean repeatable,
        @Nullable CutOff cutOff) {

    boolean isCutOff(LocalTime time) {
        return cutOff != null && cutOff.covers(time);
    }
}
