package id.nadi.bench;

import id.nadi.orders.Placement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** As many purchases at once as are allowed, each replaced when its order has ended: how much the engine carries. */
final class ClosedLoop {
    private static final Duration DRAIN_MAX = Duration.ofSeconds(30);

    private final Purchases purchases;
    private final Endings endings;
    private final int outstanding;

    ClosedLoop(Purchases purchases, Endings endings, int outstanding) {
        this.purchases = purchases;
        this.endings = endings;
        this.outstanding = outstanding;
    }

    /** Runs for that time and answers orders ended per second. Every order has ended when it returns. */
    double run(Duration time) throws InterruptedException {
        Semaphore room = new Semaphore(outstanding);
        LongAdder ended = new LongAdder();
        Queue<Throwable> broken = new ConcurrentLinkedQueue<>();
        endings.passTo(order -> {
            ended.increment();
            room.release();
        });
        long started = System.nanoTime();
        long until = started + time.toNanos();
        List<Thread> buyers = new ArrayList<>();
        for (int at = 0; at < outstanding; at++) {
            buyers.add(Thread.startVirtualThread(() -> {
                try {
                    while (System.nanoTime() < until) {
                        room.acquire();
                        if (!(purchases.ask() instanceof Placement.Accepted)) {
                            room.release();
                        }
                    }
                } catch (InterruptedException | RuntimeException | Error failed) {
                    broken.add(failed);
                    room.release();
                }
            }));
        }
        Thread.sleep(Duration.ofNanos(until - System.nanoTime()));
        double perSecond = ended.sum() * 1e9 / (System.nanoTime() - started);
        for (Thread buyer : buyers) {
            buyer.join();
        }
        if (!room.tryAcquire(outstanding, DRAIN_MAX.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("orders did not end: " + (outstanding - room.availablePermits()));
        }
        Throwable failure = broken.peek();
        if (failure != null) {
            throw new IllegalStateException("a purchase failed", failure);
        }
        return perSecond;
    }
}
