package id.nadi.sandbox.digiflazz;

import static id.nadi.sandbox.digiflazz.ResponseCode.BALANCE_TOO_LOW;
import static id.nadi.sandbox.digiflazz.ResponseCode.CUT_OFF;
import static id.nadi.sandbox.digiflazz.ResponseCode.MULTI_NOT_SUPPORTED;
import static id.nadi.sandbox.digiflazz.ResponseCode.NUMBER_BLOCKED;
import static id.nadi.sandbox.digiflazz.ResponseCode.OUT_OF_STOCK;
import static id.nadi.sandbox.digiflazz.ResponseCode.PRICE_ABOVE_LIMIT;
import static id.nadi.sandbox.digiflazz.ResponseCode.SELLER_MAINTENANCE;
import static id.nadi.sandbox.digiflazz.ResponseCode.SELLER_PRODUCT_UNAVAILABLE;
import static id.nadi.sandbox.digiflazz.ResponseCode.SKU_UNKNOWN;

import org.jspecify.annotations.Nullable;

/**
 * Whether a purchase may begin. What leaves the reference free is asked first; what makes a failed transaction of it
 * comes after, since a failed transaction is debited and refunded and so needs the balance to be there.
 */
final class Admission {
    private final Book book;
    private final Destinations destinations = new Destinations();

    Admission(Book book) {
        this.book = book;
    }

    /** Returns why no transaction comes about, or null. */
    @Nullable
    ResponseCode refusal(Account account, TransactionOrder order, @Nullable PrepaidProduct product, long now) {
        if (product == null || !product.buyerActive()) {
            return SKU_UNKNOWN;
        }
        if (order.maxPrice() != null && product.price() > order.maxPrice()) {
            return PRICE_ABOVE_LIMIT;
        }
        if (product.sellerMaintenance()) {
            return SELLER_MAINTENANCE;
        }
        if (order.testing()) {
            return null;
        }
        if (product.soldOut()) {
            return OUT_OF_STOCK;
        }
        if (!product.multi() && book.singleSales().isTaken(account, order.sku(), order.customerNo(), now)) {
            return MULTI_NOT_SUPPORTED;
        }
        return account.balance() < product.price() ? BALANCE_TOO_LOW : null;
    }

    /** Returns why the transaction fails before the seller sees it, or null. */
    @Nullable
    ResponseCode failure(TransactionOrder order, PrepaidProduct product, long now) {
        if (product.isCutOff(Wib.at(now).toLocalTime())) {
            return CUT_OFF;
        }
        if (!product.sellerActive()) {
            return SELLER_PRODUCT_UNAVAILABLE;
        }
        if (book.isBlocked(order.customerNo())) {
            return NUMBER_BLOCKED;
        }
        return destinations.refusal(product, order.customerNo(), order.dotAllowed());
    }
}
