package id.nadi.sandbox.digiflazz;

import org.jspecify.annotations.Nullable;

/** What a call of {@code /transaction} asks for. */
record TransactionOrder(
        String refId,
        String sku,
        String customerNo,
        boolean testing,
        @Nullable Long maxPrice,
        @Nullable String callbackUrl,
        boolean dotAllowed,
        @Nullable Long year,
        @Nullable Long amount) {

    static TransactionOrder read(Payload payload) {
        payload.optionalText("id_pelanggan2"); // the owner's identity number for SAMSAT: read, not needed
        return new TransactionOrder(
                payload.text("ref_id"),
                payload.text("buyer_sku_code"),
                payload.text("customer_no"),
                payload.optionalFlag("testing"),
                payload.optionalWhole("max_price"),
                payload.optionalUrl("cb_url"),
                payload.optionalFlag("allow_dot"),
                payload.optionalWhole("year"),
                payload.optionalWhole("amount"));
    }
}
