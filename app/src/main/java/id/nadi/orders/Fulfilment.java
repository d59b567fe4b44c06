package id.nadi.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The port through which orders are delivered. A driver is called with the tenant bound, outside any transaction, and may
 * take as long as {@link #callTimeout()}; it answers with an {@link Outcome} and does not throw for what happens out
 * there. Whatever it throws is taken for {@link Outcome.Unknown}.
 */
public interface Fulfilment {

    /** The name by which products name their driver. */
    String name();

    /** The longest that {@link #buy} or {@link #check} can take: a lease has to outlast it. */
    Duration callTimeout();

    /** Where to try next, given what was tried; empty if nowhere is left. Decides, and calls nobody. */
    Optional<Choice> choose(Order order, List<Attempt> tried);

    /** Buys, once: the attempt was committed before this call and is never passed here again. */
    Outcome buy(Order order, Attempt attempt);

    /**
     * Asks the same supplier about the same reference. Called only under lease and fence, for the order's current attempt.
     *
     * @param tries how often it was asked before
     */
    Outcome check(Order order, Attempt attempt, int tries);

    /** When to ask for the first time about an attempt whose reply never came. */
    Optional<Instant> firstCheck(Attempt attempt);

    /**
     * Where an attempt goes.
     *
     * @param cost what it is expected to cost us, in the order's currency
     */
    record Choice(UUID supplier, String supplierCode, long cost) {}
}
