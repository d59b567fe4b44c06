package id.nadi.orders;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a fulfilment driver found out about one attempt. Whoever makes one answers for it: a reply that could not be read,
 * or that did not come after the first byte had left, is {@link Unknown} and nothing else.
 */
public sealed interface Outcome {

    /**
     * It happened.
     *
     * @param sn the proof, for a meter the token
     * @param cost what was taken from us, where the supplier said so
     */
    record Delivered(
            String sn,
            @Nullable Long cost,
            @Nullable String supplierRef,
            @Nullable String message) implements Outcome {}

    /** The supplier has it and will say more; ask again then, unless a message comes first. */
    record Pending(
            Instant checkAt,
            @Nullable String supplierRef,
            @Nullable String message) implements Outcome {}

    /** It did not happen and will not: the money is free for the next supplier or the buyer. */
    record Rejected(Reason reason, @Nullable String message) implements Outcome {}

    /**
     * It may have happened: the money stays where it is.
     *
     * @param checkAt when the same supplier may be asked about the same reference; none if only a person can find out
     */
    record Unknown(String reason, @Nullable Instant checkAt) implements Outcome {}

    /** Why a supplier said no. */
    enum Reason {
        /** The request provably never left us. */
        NOT_SENT(true, true),
        /** The supplier is down, in maintenance, or has cut off. */
        SUPPLIER_UNAVAILABLE(true, true),
        PRODUCT_UNAVAILABLE(true, true),
        OUT_OF_STOCK(true, true),
        /** Our own deposit at the supplier is used up. */
        SUPPLIER_BALANCE(true, true),
        PRICE_CHANGED(true, true),
        /** Our own request or account was refused: somebody of the staff has to look. */
        REQUEST_REFUSED(true, true),
        /** It failed without a reason that says more. */
        FAILED(true, true),
        /** The destination does not exist, or the product does not fit it: another supplier would say the same. */
        DESTINATION_WRONG(false, false),
        DESTINATION_BLOCKED(true, false),
        /** The amount does not fit the destination, as a meter's limit. */
        LIMIT_EXCEEDED(false, false),
        /** No supplier was left to ask. */
        NO_SUPPLIER(false, false),
        /** A person of the staff found out that it did not happen. */
        CONFIRMED_BY_STAFF(false, false);

        private final boolean elsewhere;
        private final boolean suppliersFault;

        Reason(boolean elsewhere, boolean suppliersFault) {
            this.elsewhere = elsewhere;
            this.suppliersFault = suppliersFault;
        }

        /** Whether another supplier may be tried. */
        public boolean elsewhere() {
            return elsewhere;
        }

        /** Whether it counts against the supplier. */
        public boolean suppliersFault() {
            return suppliersFault;
        }
    }
}
