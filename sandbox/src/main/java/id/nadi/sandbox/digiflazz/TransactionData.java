package id.nadi.sandbox.digiflazz;

import id.nadi.sandbox.digiflazz.Reference.BillReference;
import id.nadi.sandbox.digiflazz.Reference.Purchase;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A transaction as answers and callbacks show it; what does not apply is left out. */
@JsonNaming(SnakeCaseStrategy.class)
record TransactionData(
        @Nullable String refId,
        @Nullable String customerNo,
        @Nullable String customerName,
        @Nullable String buyerSkuCode,
        @Nullable Long admin,
        String message,
        Status status,
        String rc,
        @Nullable String periode,
        @Nullable String sn,
        @Nullable Long buyerLastSaldo,
        @Nullable Long price,
        @Nullable Long sellingPrice,
        @Nullable Map<String, Object> desc,
        @Nullable String tele,
        @Nullable String wa) {
    private static final String SELLER_TELEGRAM = "@nadi_sandbox";
    private static final String SELLER_WHATSAPP = "081200000000";

    /** A call that was turned away; what it was about is shown as far as it could be read. */
    static TransactionData refused(
            TransactionOrder order, ResponseCode rc, String message, long balance, @Nullable Long price) {
        return new TransactionData(
                nullIfEmpty(order.refId()),
                nullIfEmpty(order.customerNo()),
                null,
                nullIfEmpty(order.sku()),
                null,
                message,
                rc.status(),
                rc.code(),
                null,
                null,
                balance,
                price,
                null,
                null,
                null,
                null);
    }

    private static @Nullable String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    /** A transaction that does not exist, for forged callbacks. */
    static TransactionData unknown(@Nullable String refId, ResponseCode rc, @Nullable String sn) {
        return new TransactionData(
                refId,
                null,
                null,
                null,
                null,
                rc.message(),
                rc.status(),
                rc.code(),
                null,
                shown(rc, sn),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** A reference as it stands, with its own code or another one. */
    static TransactionData of(Reference reference, ResponseCode rc, @Nullable String sn, Catalogue catalogue) {
        return switch (reference) {
            case Purchase purchase -> of(purchase, rc, sn);
            case BillReference bill -> of(bill, rc, sn, catalogue.postpaid(bill.sku()));
        };
    }

    private static TransactionData of(Purchase purchase, ResponseCode rc, @Nullable String sn) {
        return new TransactionData(
                purchase.refId(),
                purchase.customerNo(),
                null,
                purchase.sku(),
                null,
                rc.message(),
                rc.status(),
                rc.code(),
                null,
                shown(rc, sn),
                purchase.lastSaldo(),
                purchase.price(),
                null,
                null,
                SELLER_TELEGRAM,
                SELLER_WHATSAPP);
    }

    private static TransactionData of(
            BillReference reference, ResponseCode rc, @Nullable String sn, @Nullable PostpaidProduct product) {
        Bill bill = reference.bill();
        return new TransactionData(
                reference.refId(),
                reference.customerNo(),
                bill == null ? null : bill.customerName(),
                reference.sku(),
                bill == null ? null : bill.admin(),
                rc.message(),
                rc.status(),
                rc.code(),
                bill == null ? null : bill.period(),
                reference.paid() ? shown(rc, sn) : null,
                reference.lastSaldo(),
                bill == null ? null : bill.price(),
                bill == null ? null : bill.sellingPrice(),
                bill == null || product == null
                        ? null
                        : BillDescription.of(product.kind(), reference.customerNo(), bill, reference.paid()),
                null,
                null);
    }

    /** The field is there, and empty, while a transaction is pending; a failed one has none. */
    private static @Nullable String shown(ResponseCode rc, @Nullable String sn) {
        return rc.status() == Status.FAILED ? null : sn == null ? "" : sn;
    }

    /** The same with a code nobody published, for buyers that have to bear one. */
    TransactionData withCode(String code) {
        return with(message, status, code);
    }

    TransactionData withMessage(String text) {
        return with(text, status, rc);
    }

    TransactionData withStatus(Status other) {
        return with(message, other, rc);
    }

    private TransactionData with(String text, Status state, String code) {
        return new TransactionData(
                refId,
                customerNo,
                customerName,
                buyerSkuCode,
                admin,
                text,
                state,
                code,
                periode,
                sn,
                buyerLastSaldo,
                price,
                sellingPrice,
                desc,
                tele,
                wa);
    }
}
