package id.nadi.orders;

/** What is known of one try at a supplier. The number is what the database keeps. */
public enum AttemptState {
    /** Committed before the first byte left. Without an outcome it may have arrived. */
    SENDING,
    DELIVERED,
    /** Taken by the supplier, who will say more. */
    PENDING,
    /** A definite no: it did not happen and will not. */
    REJECTED,
    /** May have happened. Never sent again by machine. */
    UNKNOWN;

    int number() {
        return ordinal();
    }

    static AttemptState of(int number) {
        return values()[number];
    }

    /** What is known of an attempt once that was found out. */
    static AttemptState after(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered delivered -> DELIVERED;
            case Outcome.Pending pending -> PENDING;
            case Outcome.Rejected rejected -> REJECTED;
            case Outcome.Unknown unknown -> UNKNOWN;
        };
    }

    /** Whether the supplier's last word about it is known. */
    public boolean isFinal() {
        return this == DELIVERED || this == REJECTED;
    }
}
