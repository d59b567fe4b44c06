package id.nadi.orders;

import java.time.Duration;

/** Hears where orders are on the road, for figures. Called on the road itself: it must be quick and must not throw. */
public interface RoadListener {

    /** Placed and paid, committed; the duration is from the door's call. */
    default void placed(OrderId order, Duration took) {}

    /** The attempt is committed and nothing has been sent. */
    default void attemptBegun(OrderId order, int number) {}

    /** The driver has answered and nothing of it is recorded. */
    default void answered(OrderId order, int number, Outcome outcome, Duration took) {}

    /** The order has ended and its money with it, committed; the duration is from its placing. */
    default void ended(OrderId order, OrderStatus status, Duration took) {}
}
