package id.nadi.sandbox.digiflazz;

import id.nadi.sandbox.common.Table;
import java.time.LocalTime;

/**
 * A prepaid product as it stands now. Cut-offs are {@code HH:mm} in WIB, empty for round the clock.
 *
 * @param buyerActive switched on by the buyer; off answers 43
 * @param sellerActive switched on by the seller; off answers 53
 * @param sellerMaintenance the seller repairs its system; answers 66
 */
record PrepaidProduct(
        String sku,
        String name,
        String category,
        String brand,
        String type,
        String seller,
        long price,
        boolean multi,
        boolean unlimitedStock,
        long stock,
        String startCutOff,
        String endCutOff,
        boolean buyerActive,
        boolean sellerActive,
        boolean sellerMaintenance,
        String description) {

    static PrepaidProduct of(Table.Row row) {
        return new PrepaidProduct(
                row.text("sku"),
                row.text("name"),
                row.text("category"),
                row.text("brand"),
                row.text("type"),
                row.text("seller"),
                row.number("price"),
                row.yes("multi"),
                row.yes("unlimited"),
                row.number("stock"),
                row.text("cut_off_start"),
                row.text("cut_off_end"),
                row.yes("active"),
                true,
                false,
                row.text("desc"));
    }

    /** Applies a change; adding to the stock is a change of its own, see {@link #restocked}. */
    PrepaidProduct with(ProductChange change) {
        return new PrepaidProduct(
                sku,
                name,
                category,
                brand,
                type,
                seller,
                change.price() == null ? price : change.price(),
                change.multi() == null ? multi : change.multi(),
                change.unlimitedStock() == null ? unlimitedStock : change.unlimitedStock(),
                change.stock() == null ? stock : change.stock(),
                change.startCutOff() == null ? startCutOff : change.startCutOff(),
                change.endCutOff() == null ? endCutOff : change.endCutOff(),
                change.active() == null ? buyerActive : change.active(),
                change.sellerActive() == null ? sellerActive : change.sellerActive(),
                change.sellerMaintenance() == null ? sellerMaintenance : change.sellerMaintenance(),
                description);
    }

    PrepaidProduct restocked(int by) {
        return with(ProductChange.stock(stock + by));
    }

    boolean soldOut() {
        return !unlimitedStock && stock <= 0;
    }

    /** The end is not part of the window; a window may reach over midnight; equal ends mean none. */
    boolean isCutOff(LocalTime now) {
        if (startCutOff.isEmpty() || endCutOff.isEmpty()) {
            return false;
        }
        LocalTime start = LocalTime.parse(startCutOff);
        LocalTime end = LocalTime.parse(endCutOff);
        boolean afterStart = !now.isBefore(start);
        boolean beforeEnd = now.isBefore(end);
        return start.isAfter(end) ? afterStart || beforeEnd : afterStart && beforeEnd;
    }
}
