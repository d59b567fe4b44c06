package id.nadi.orders;

import id.nadi.kernel.Refusal;

/** What became of a {@link PlaceOrder}. */
public sealed interface Placement {

    /** Taken and paid, on disk. */
    record Accepted(Order order) implements Placement {}

    /** The reference is known and means the same: the order as it stands now. */
    record Replayed(Order order) implements Placement {}

    /** Not taken; nothing was charged and the reference is as free as it was. */
    record Refused(Refusal refusal) implements Placement {}

    /** It may have been taken: ask by the reference. */
    record InDoubt() implements Placement {}
}
