package id.nadi.bench;

import id.nadi.orders.OrderId;
import id.nadi.orders.Placement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Purchases at a fixed rate, whether or not the earlier ones have been answered: how long a buyer waits. Each time counts
 * from when the purchase was due, so that a stall is felt by everybody who would have come meanwhile.
 */
final class OpenLoop {
    private static final Duration DRAIN_MAX = Duration.ofSeconds(10);

    /** Milliseconds from when a purchase was due until it was accepted, and until its order had ended. */
    record Latencies(List<Double> placed, List<Double> settled) {}

    private final Purchases purchases;
    private final Endings endings;

    OpenLoop(Purchases purchases, Endings endings) {
        this.purchases = purchases;
        this.endings = endings;
    }

    Latencies run(double perSecond, Duration time) throws InterruptedException {
        Queue<Double> placed = new ConcurrentLinkedQueue<>();
        Queue<Double> settled = new ConcurrentLinkedQueue<>();
        // Whichever of the two, answer and end, comes first leaves its time here for the other.
        Map<OrderId, Long> half = new ConcurrentHashMap<>();
        endings.passTo(order -> {
            long now = System.nanoTime();
            Long due = half.putIfAbsent(order, now);
            if (due != null) {
                half.remove(order);
                settled.add((now - due) / 1e6);
            }
        });
        long started = System.nanoTime();
        long count = (long) (perSecond * time.toNanos() / 1e9);
        List<Thread> buyers = new ArrayList<>();
        for (long at = 0; at < count; at++) {
            long due = started + (long) (at * 1e9 / perSecond);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            buyers.add(Thread.startVirtualThread(() -> {
                if (purchases.ask() instanceof Placement.Accepted accepted) {
                    placed.add((System.nanoTime() - due) / 1e6);
                    Long ended = half.putIfAbsent(accepted.order().id(), due);
                    if (ended != null) {
                        half.remove(accepted.order().id());
                        settled.add((ended - due) / 1e6);
                    }
                }
            }));
        }
        for (Thread buyer : buyers) {
            buyer.join();
        }
        long until = System.nanoTime() + DRAIN_MAX.toNanos();
        while (!half.isEmpty() && System.nanoTime() < until) {
            Thread.sleep(10);
        }
        return new Latencies(List.copyOf(placed), List.copyOf(settled));
    }
}
