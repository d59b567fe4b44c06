package id.nadi.bench;

import id.nadi.orders.OrderId;
import id.nadi.orders.OrderStatus;
import id.nadi.orders.RoadListener;
import java.time.Duration;

/** Hears each order's end and passes it to the load that runs now. */
final class Endings implements RoadListener {

    interface Ear {
        void ended(OrderId order);
    }

    private volatile Ear ear = order -> {};

    void passTo(Ear next) {
        ear = next;
    }

    @Override
    public void ended(OrderId order, OrderStatus status, Duration took) {
        ear.ended(order);
    }
}
