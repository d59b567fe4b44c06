package id.nadi.orders;

import id.nadi.orders.Claims.Claimed;
import id.nadi.orders.Lease.Stranded;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.tenancy.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks for orders that nobody carries on: those of dead workers, and those whose supplier has to be asked again. */
@Component
class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Claims claims;
    private final Lease lease;
    private final Road road;
    private final OrderStore store;
    private final Transactions transactions;
    private final OrderLimits limits;
    private final Semaphore checking;

    Recovery(Claims claims, Lease lease, Road road, OrderStore store, Transactions transactions, OrderLimits limits) {
        this.claims = claims;
        this.lease = lease;
        this.road = road;
        this.store = store;
        this.transactions = transactions;
        this.limits = limits;
        this.checking = new Semaphore(limits.checkBatchMax());
    }

    @Scheduled(fixedDelayString = "${nadi.orders.recovery-every:2s}")
    void takeOver() {
        try {
            List<Claimed> orphans = lease.claiming(() -> claims.fromDeadWorker(lease.worker()));
            if (!orphans.isEmpty()) {
                LOG.info("took over {} open orders of a worker that is gone", orphans.size());
            }
            for (Claimed orphan : orphans) {
                Thread.startVirtualThread(() -> on(orphan, (order, attempts) -> road.resume(order, attempts)));
            }
        } catch (RuntimeException failed) {
            LOG.warn("dead workers could not be looked for: {}", failed.getMessage());
        }
    }

    /** Orders of this worker that stand still after a fault: nobody else may touch them while it lives. */
    @Scheduled(fixedDelayString = "${nadi.orders.recovery-every:2s}")
    void takeUpAgain() {
        for (Stranded one : lease.stranded()) {
            try {
                Optional<Claimed> own = claims.reclaim(one.tenant(), one.order(), lease.worker());
                if (own.isPresent()) {
                    lease.unstrand(one.order());
                    Thread.startVirtualThread(() -> on(own.get(), (order, attempts) -> road.resume(order, attempts)));
                } else if (ended(one) || one.isForgotten()) {
                    lease.drop(one.order());
                }
            } catch (RuntimeException failed) {
                LOG.warn("order {} could not be taken up again: {}", one.order(), failed.getMessage());
            }
        }
    }

    /** Whether the order is there and no longer this worker's. */
    private boolean ended(Stranded one) {
        return transactions.in(one.tenant(), () -> store.find(one.order())).isPresent();
    }

    @Scheduled(fixedDelayString = "${nadi.orders.check-every:500ms}")
    void checkDue() {
        try {
            int room = checking.availablePermits();
            long term = lease.term();
            // A check is claimed only by who will still be believed alive when it ends.
            if (room == 0 || !lease.outlasts(limits.leaseMargin().plus(Duration.ofSeconds(1)))) {
                return;
            }
            List<Claimed> claimed = lease.claiming(() -> claims.dueChecks(lease.worker(), room, limits.checkClaim()));
            for (Claimed due : claimed) {
                checking.acquire();
                Thread.startVirtualThread(() -> {
                    try {
                        on(due, (order, attempts) -> road.check(order, attempts, due.tries(), term));
                    } finally {
                        checking.release();
                    }
                });
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            LOG.warn("due checks could not be looked for: {}", failed.getMessage());
        }
    }

    private interface Step {
        void take(Order order, List<Attempt> attempts) throws InterruptedException;
    }

    private void on(Claimed claimed, Step step) {
        CurrentTenant.run(claimed.tenant(), () -> {
            try {
                Optional<Order> order = transactions.in(() -> store.find(claimed.order()));
                List<Attempt> attempts = transactions.in(() -> store.attempts(claimed.order()));
                if (order.isPresent()) {
                    step.take(order.get(), attempts);
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException failed) {
                LOG.error("order {} could not be carried on", claimed.order(), failed);
                lease.strand(claimed.tenant(), claimed.order());
            }
        });
    }
}
