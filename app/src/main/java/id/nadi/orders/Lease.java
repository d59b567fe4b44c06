package id.nadi.orders;

import id.nadi.kernel.Ids;
import id.nadi.kernel.TenantId;
import id.nadi.orders.Claims.Claimed;
import id.nadi.tenancy.PlatformDatabase;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * This process as a worker: its name, the orders it carries, and until when others believe it to be alive. A call to a
 * supplier begins only while the lease outlasts it, by this process' monotonic clock.
 */
@Component
class Lease {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    /** How far a wall clock may be set back without an order falling below the mark. */
    private static final Duration CLOCK_STEP_MAX = Duration.ofMinutes(5);

    private static final Duration STRANDED_MAX = Duration.ofMinutes(15);

    private final UUID worker = Ids.next();
    private final PlatformDatabase platform;
    private final OrderLimits limits;
    private final Clock clock;
    private final ConcurrentSkipListSet<UUID> open = new ConcurrentSkipListSet<>();
    private final Map<OrderId, Stranded> stranded = new ConcurrentHashMap<>();
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("lease").factory());
    private volatile Term term = new Term(0, System.nanoTime());

    /**
     * One unbroken stretch of being believed alive. After a lapse another worker may have taken everything over, so what
     * was begun in an earlier term may not be sent in a later one, however long that one lasts.
     */
    record Term(long number, long validUntilNanos) {}

    Lease(PlatformDatabase platform, OrderLimits limits, Clock clock) {
        this.platform = platform;
        this.limits = limits;
        this.clock = clock;
        if (limits.soleWorker()) {
            // Nobody else can be alive on this database, so nobody need be waited for.
            platform.jdbc().sql("UPDATE worker SET lease_until = '-infinity'").update();
        }
        renew();
        long everyMs = limits.lease().toMillis() / 6;
        heart.scheduleWithFixedDelay(this::beat, everyMs, everyMs, TimeUnit.MILLISECONDS);
    }

    UUID worker() {
        return worker;
    }

    /** From now until {@link #drop} this process answers for the order. */
    void carry(OrderId order) {
        open.add(order.value());
    }

    void drop(OrderId order) {
        open.remove(order.value());
        stranded.remove(order);
    }

    /**
     * Takes orders over and carries them. Nothing moves the worker's mark between the two: the claim lowered it in its own
     * transaction, and a beat that does not know the orders yet would raise it past them.
     */
    synchronized List<Claimed> claiming(Supplier<List<Claimed>> claim) {
        List<Claimed> claimed = claim.get();
        claimed.forEach(one -> carry(one.order()));
        return claimed;
    }

    /** An order of this worker that stands still after a fault, and since when. */
    record Stranded(TenantId tenant, OrderId order, long sinceNanos) {
        /** A commit in doubt may come to light late; what is not there after this time never was. */
        boolean isForgotten() {
            return System.nanoTime() - sinceNanos > STRANDED_MAX.toNanos();
        }
    }

    /** Leaves an order that this worker still answers for to the recovery scan. */
    void strand(TenantId tenant, OrderId order) {
        stranded.putIfAbsent(order, new Stranded(tenant, order, System.nanoTime()));
    }

    List<Stranded> stranded() {
        return List.copyOf(stranded.values());
    }

    /** The scan has taken it up again. */
    void unstrand(OrderId order) {
        stranded.remove(order);
    }

    boolean carries(OrderId order) {
        return open.contains(order.value());
    }

    int carried() {
        return open.size();
    }

    /** The running term's number, to be read before an order is begun or claimed. */
    long term() {
        return term.number;
    }

    /** Whether that term still runs and others will still believe this process alive after that time. */
    boolean outlasts(long begunIn, Duration time) {
        Term now = term;
        return now.number == begunIn && now.validUntilNanos - System.nanoTime() > time.toNanos();
    }

    /** Whether others will still believe this process alive after that time. */
    boolean outlasts(Duration time) {
        return term.validUntilNanos - System.nanoTime() > time.toNanos();
    }

    private void beat() {
        try {
            renew();
        } catch (RuntimeException failed) {
            LOG.warn("the lease could not be renewed: {}", failed.getMessage());
        }
    }

    private synchronized void renew() {
        long asked = System.nanoTime();
        // The clock is read before the set: what is added after it has a larger id.
        UUID mark = Ids.lowerBound(clock.instant().minus(CLOCK_STEP_MAX));
        UUID oldest = open.isEmpty() ? mark : min(mark, firstOr(mark));
        platform.jdbc()
                .sql("""
                        INSERT INTO worker (id, label, lease_until, oldest_open)
                        VALUES (?, ?, now() + make_interval(secs => ?), ?)
                        ON CONFLICT (id) DO UPDATE SET lease_until = excluded.lease_until,
                                                       oldest_open = excluded.oldest_open""")
                .params(
                        worker,
                        "pid " + ProcessHandle.current().pid(),
                        limits.lease().toMillis() / 1000.0,
                        oldest)
                .update();
        // Judged when the answer is here: a process that slept in between has lapsed, even if it asked in time.
        boolean lapsed = System.nanoTime() - term.validUntilNanos >= 0;
        term = new Term(
                lapsed ? term.number + 1 : term.number, asked + limits.lease().toNanos());
    }

    private UUID firstOr(UUID other) {
        UUID first = open.ceiling(new UUID(0, Long.MIN_VALUE));
        return first == null ? other : first;
    }

    private static UUID min(UUID left, UUID right) {
        return left.compareTo(right) <= 0 ? left : right;
    }

    @PreDestroy
    void close() {
        heart.shutdownNow();
        // What is still carried is free for others at once; nothing carried, nothing to find.
        try {
            platform.jdbc()
                    .sql(
                            open.isEmpty()
                                    ? "DELETE FROM worker WHERE id = ?"
                                    : "UPDATE worker SET lease_until = '-infinity' WHERE id = ?")
                    .param(worker)
                    .update();
        } catch (RuntimeException failed) {
            LOG.warn("the lease could not be given back: {}", failed.getMessage());
        }
        term = new Term(term.number + 1, System.nanoTime());
    }
}
