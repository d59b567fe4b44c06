package id.nadi.orders;

import id.nadi.kernel.Ids;
import java.util.UUID;

/** Names an order. */
public record OrderId(UUID value) {

    public static OrderId next() {
        return new OrderId(Ids.next());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
