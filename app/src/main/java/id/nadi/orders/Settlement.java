package id.nadi.orders;

import id.nadi.kernel.TenantId;
import id.nadi.ledger.AccountId;
import id.nadi.orders.Outcome.Delivered;
import id.nadi.orders.Outcome.Pending;
import id.nadi.orders.Outcome.Rejected;
import id.nadi.orders.Outcome.Unknown;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An outcome that is to be recorded, and where it takes its order.
 *
 * @param attempt the attempt's number; 0 if the order ends without one
 * @param fence under which it was found out; none for a supplier's own message
 * @param costExpected what a delivery is taken to have cost if the supplier does not say
 */
record Settlement(
        TenantId tenant,
        OrderId order,
        int attempt,
        @Nullable Long fence,
        OrderStatus to,
        Outcome outcome,
        @Nullable Long costExpected,
        Accounts accounts) {

    /** Where its money goes. */
    record Accounts(
            AccountId revenue,
            AccountId costOfSales,
            @Nullable AccountId deposit) {}

    /**
     * What recording it did.
     *
     * @param changed whether this settlement did it; if not, the order stood in {@code status} already
     */
    record Result(boolean changed, OrderStatus status) {}

    AttemptState attemptState() {
        return AttemptState.after(outcome);
    }

    @Nullable
    Long cost() {
        return outcome instanceof Delivered delivered && delivered.cost() != null
                ? delivered.cost()
                : outcome instanceof Delivered ? costExpected : null;
    }

    @Nullable
    String sn() {
        return outcome instanceof Delivered delivered ? delivered.sn() : null;
    }

    @Nullable
    String message() {
        return switch (outcome) {
            case Delivered delivered -> delivered.message();
            case Pending pending -> pending.message();
            case Rejected rejected -> rejected.message();
            case Unknown unknown -> null;
        };
    }

    @Nullable
    String reason() {
        return switch (outcome) {
            case Rejected rejected -> rejected.reason().name();
            case Unknown unknown -> unknown.reason();
            case Delivered delivered -> null;
            case Pending pending -> null;
        };
    }

    @Nullable
    String supplierRef() {
        return switch (outcome) {
            case Delivered delivered -> delivered.supplierRef();
            case Pending pending -> pending.supplierRef();
            case Rejected rejected -> null;
            case Unknown unknown -> null;
        };
    }

    /** When to ask again; none if nobody will. */
    @Nullable
    Instant due() {
        return switch (outcome) {
            case Pending pending -> pending.checkAt();
            case Unknown unknown -> unknown.checkAt();
            case Delivered delivered -> null;
            case Rejected rejected -> null;
        };
    }
}
