package id.nadi.suppliers;

import id.nadi.orders.Attempt;
import id.nadi.orders.Order;
import java.time.LocalTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Decides which supplier is asked next: first what can be had at all without a loss, then by priority and cost. */
final class Routing {
    private static final Comparator<Mapping> ORDER = Comparator.comparingInt(Mapping::priority)
            .thenComparingLong(Mapping::cost)
            .thenComparing(mapping -> mapping.supplier().value());

    private Routing() {}

    /** The best of what is left, or empty if nothing is. */
    static Optional<Mapping> choose(Order order, List<Mapping> mappings, List<Attempt> tried, LocalTime now) {
        Set<UUID> asked = tried.stream().map(Attempt::supplier).collect(Collectors.toSet());
        return mappings.stream()
                .filter(Mapping::open)
                .filter(mapping -> !asked.contains(mapping.supplier().value()))
                .filter(mapping -> mapping.stock() == null || mapping.stock() >= order.quantity())
                .filter(mapping -> mapping.repeatable() || order.sequence() == 1)
                .filter(mapping -> !mapping.isCutOff(now))
                // The price was frozen when the order was placed; a dearer supplier would be sold at a loss.
                .filter(mapping -> Math.multiplyExact(mapping.cost(), (long) order.quantity())
                        <= order.price().amount())
                .min(ORDER);
    }
}
