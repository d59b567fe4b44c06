package id.nadi.orders;

import id.nadi.orders.Claims.Claimed;
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
            List<Claimed> orphans = claims.fromDeadWorker(lease.worker());
            if (!orphans.isEmpty()) {
                LOG.info("took over {} open orders of a worker that is gone", orphans.size());
            }
            for (Claimed orphan : orphans) {
                lease.carry(orphan.order());
                Thread.startVirtualThread(() -> on(orphan, (order, attempts) -> road.resume(order, attempts)));
            }
        } catch (RuntimeException failed) {
            LOG.warn("dead workers could not be looked for: {}", failed.getMessage());
        }
    }

    @Scheduled(fixedDelayString = "${nadi.orders.check-every:500ms}")
    void checkDue() {
        try {
            int room = checking.availablePermits();
            // A check is claimed only by who will still be believed alive when it ends.
            if (room == 0 || !lease.outlasts(limits.leaseMargin().plus(Duration.ofSeconds(1)))) {
                return;
            }
            for (Claimed due : claims.dueChecks(lease.worker(), room, limits.checkClaim())) {
                checking.acquire();
                Thread.startVirtualThread(() -> {
                    try {
                        on(due, (order, attempts) -> road.check(order, attempts, due.tries()));
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
            }
        });
    }
}
