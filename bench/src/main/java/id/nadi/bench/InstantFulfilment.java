package id.nadi.bench;

import id.nadi.orders.Attempt;
import id.nadi.orders.Fulfilment;
import id.nadi.orders.Order;
import id.nadi.orders.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A supplier in this process that answers at once: 3 of 100 orders fail for good, the others are delivered. */
final class InstantFulfilment implements Fulfilment {
    static final String NAME = "bench";
    private static final UUID SUPPLIER = new UUID(0x7000L, 0x8000000000000001L);
    private static final int FAILURE_PERCENT = 3;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Duration callTimeout() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Optional<Choice> choose(Order order, List<Attempt> tried) {
        return tried.isEmpty()
                ? Optional.of(
                        new Choice(SUPPLIER, order.productCode(), order.price().amount() - 500))
                : Optional.empty();
    }

    @Override
    public Outcome buy(Order order, Attempt attempt) {
        return Math.floorMod(order.id().value().hashCode(), 100) < FAILURE_PERCENT
                ? new Outcome.Rejected(Outcome.Reason.DESTINATION_WRONG, "no such number")
                : new Outcome.Delivered("0123456789/" + attempt.reference(), attempt.costExpected(), null, "ok");
    }

    @Override
    public Outcome check(Order order, Attempt attempt, int tries) {
        throw new IllegalStateException("an answer that came at once is never asked for again");
    }

    @Override
    public Optional<Instant> firstCheck(Attempt attempt) {
        return Optional.empty();
    }
}
