package id.nadi.suppliers.adapters.digiflazz;

import static id.nadi.orders.Outcome.Reason.DESTINATION_BLOCKED;
import static id.nadi.orders.Outcome.Reason.DESTINATION_WRONG;
import static id.nadi.orders.Outcome.Reason.FAILED;
import static id.nadi.orders.Outcome.Reason.LIMIT_EXCEEDED;
import static id.nadi.orders.Outcome.Reason.OUT_OF_STOCK;
import static id.nadi.orders.Outcome.Reason.PRICE_CHANGED;
import static id.nadi.orders.Outcome.Reason.PRODUCT_UNAVAILABLE;
import static id.nadi.orders.Outcome.Reason.REQUEST_REFUSED;
import static id.nadi.orders.Outcome.Reason.SUPPLIER_BALANCE;
import static id.nadi.orders.Outcome.Reason.SUPPLIER_UNAVAILABLE;

import id.nadi.orders.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Digiflazz's published response codes, each with what it means for an order (source: developer.digiflazz.com, the table of
 * response codes with its column "transaction created").
 */
final class ResponseCodes {

    /**
     * What a code says.
     *
     * @param recorded whether a transaction exists under the reference; a refusal without one says nothing about an
     *     earlier try with the same reference
     */
    record Meaning(Kind kind, Outcome.Reason reason, boolean recorded) {}

    enum Kind {
        SUCCESS,
        PENDING,
        FAILED,
        /** A limit on asking, or a reference that is in use elsewhere: nothing is said about the purchase. */
        UNCLEAR
    }

    private static final Map<String, Meaning> MEANINGS = new HashMap<>();

    private ResponseCodes() {}

    /** The meaning of a code; empty for one that is not in the table. */
    static Optional<Meaning> meaning(String code) {
        return Optional.ofNullable(MEANINGS.get(code));
    }

    static {
        put(Kind.SUCCESS, FAILED, true, "00");
        put(Kind.PENDING, FAILED, true, "03", "99");
        // "Timeout" (01) and "biller timeout" (70) are final failures in this protocol.
        put(Kind.FAILED, FAILED, true, "01", "02", "50", "60", "70", "74");
        put(Kind.FAILED, DESTINATION_BLOCKED, true, "51");
        put(Kind.FAILED, DESTINATION_WRONG, true, "52", "54", "57", "59", "72");
        put(Kind.FAILED, PRODUCT_UNAVAILABLE, true, "53", "55", "71");
        put(Kind.FAILED, SUPPLIER_UNAVAILABLE, true, "58");
        put(Kind.FAILED, LIMIT_EXCEEDED, true, "73", "84");
        put(Kind.FAILED, REQUEST_REFUSED, false, "40", "41", "42", "45", "61", "82", "88");
        put(Kind.FAILED, PRODUCT_UNAVAILABLE, false, "43", "63");
        put(Kind.FAILED, SUPPLIER_BALANCE, false, "44");
        put(Kind.FAILED, SUPPLIER_UNAVAILABLE, false, "56", "62", "66", "67", "80", "81");
        put(Kind.FAILED, OUT_OF_STOCK, false, "68");
        put(Kind.FAILED, PRICE_CHANGED, false, "69");
        put(Kind.FAILED, LIMIT_EXCEEDED, false, "64", "65", "87");
        put(Kind.UNCLEAR, FAILED, false, "47", "49", "83", "85", "86");
    }

    private static void put(Kind kind, Outcome.Reason reason, boolean recorded, String... codes) {
        for (String code : codes) {
            MEANINGS.put(code, new Meaning(kind, reason, recorded));
        }
    }
}
