package id.nadi.ledger;

/** Why money moved. The number is what the database keeps; numbers are added, never reused. */
public enum PostingKind {
    ORDER_PLACED(1),
    ORDER_REVENUE(2),
    ORDER_COST(3),
    ORDER_REFUNDED(4),
    COMMISSION_ACCRUED(5),
    COMMISSION_PAID(6),
    DEPOSIT(7),
    TRANSFER(8),
    HOLD_CAPTURED(9),
    ADJUSTMENT(10),
    REVERSAL(11),
    CORRECTION(12),
    SUPPLIER_FUNDED(13);

    private final short number;

    PostingKind(int number) {
        this.number = (short) number;
    }

    public short number() {
        return number;
    }

    static PostingKind of(short number) {
        for (PostingKind kind : values()) {
            if (kind.number == number) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of posting has the number " + number);
    }
}
