package id.nadi.sandbox.digiflazz;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bill as it was inquired, in whole rupiah. The money stands here; the decoration around it follows from the
 * customer number and is made up again whenever it is shown.
 *
 * @param period as shown above the sheets; null where the biller shows none
 * @param admin of all sheets together
 * @param price taken from the buyer's balance
 * @param sellingPrice charged to the buyer's customer
 */
record Bill(
        String customerName, @Nullable String period, List<Sheet> sheets, long admin, long price, long sellingPrice) {

    /**
     * One period of a bill.
     *
     * @param other charges beside the amount and the fine
     */
    record Sheet(String period, long amount, long fine, long other) {
        long total() {
            return amount + fine + other;
        }
    }
}
