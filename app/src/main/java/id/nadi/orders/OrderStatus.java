package id.nadi.orders;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where an order stands, and the one table of the steps that are allowed. The number is what the database keeps; numbers
 * below {@value #FIRST_FINAL} are open.
 */
public enum OrderStatus {
    AWAITING_PAYMENT(0, Outside.PENDING),
    PENDING(1, Outside.PENDING),
    PROCESSING(2, Outside.PROCESSING),
    SUSPECT(3, Outside.PROCESSING),
    SUCCESS(10, Outside.SUCCESS),
    FAILED(11, Outside.FAILED),
    REFUNDED(12, Outside.REFUND),
    EXPIRED(13, Outside.FAILED),
    CANCELLED(14, Outside.FAILED);

    static final int FIRST_FINAL = 10;

    /** What buyers and partners see. */
    public enum Outside {
        PENDING,
        PROCESSING,
        SUCCESS,
        FAILED,
        REFUND
    }

    private final int number;
    private final Outside outside;

    OrderStatus(int number, Outside outside) {
        this.number = number;
        this.outside = outside;
    }

    public int number() {
        return number;
    }

    public Outside outside() {
        return outside;
    }

    /** Whether the road still has something to do for it. */
    public boolean isOpen() {
        return number < FIRST_FINAL;
    }

    /** From where an order may come to this status. */
    public Set<OrderStatus> from() {
        return switch (this) {
            case AWAITING_PAYMENT -> EnumSet.noneOf(OrderStatus.class);
            case PENDING -> EnumSet.of(AWAITING_PAYMENT);
            case PROCESSING -> EnumSet.of(PENDING, PROCESSING, SUSPECT);
            case SUSPECT -> EnumSet.of(PROCESSING, SUSPECT);
            case SUCCESS -> EnumSet.of(PROCESSING, SUSPECT);
            case FAILED -> EnumSet.of(PENDING, PROCESSING, SUSPECT);
            case REFUNDED -> EnumSet.of(SUCCESS);
            case EXPIRED, CANCELLED -> EnumSet.of(AWAITING_PAYMENT);
        };
    }

    /** {@link #from()} as the set-based statements take it: a bit for each number. */
    int fromMask() {
        return from().stream().mapToInt(status -> 1 << status.number).sum();
    }

    public static OrderStatus of(int number) {
        for (OrderStatus status : values()) {
            if (status.number == number) {
                return status;
            }
        }
        throw new IllegalArgumentException("no order status has the number " + number);
    }
}
