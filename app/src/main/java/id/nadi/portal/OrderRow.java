package id.nadi.portal;

import id.nadi.orders.Order;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** An order as one line of a page shows it. */
record OrderRow(
        String id,
        String code,
        String product,
        String destination,
        String price,
        String status,
        @Nullable String proof,
        String at) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH.mm.ss").withZone(ZoneId.of("Asia/Jakarta"));

    static OrderRow of(Order order) {
        String proof = order.sn() != null ? order.sn() : order.message();
        return new OrderRow(
                order.id().toString(),
                order.code(),
                order.productCode(),
                order.destination(),
                order.price().display(),
                order.status().name(),
                proof,
                TIME.format(order.updatedAt()));
    }
}
