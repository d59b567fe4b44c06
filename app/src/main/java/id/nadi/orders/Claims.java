package id.nadi.orders;

import id.nadi.kernel.TenantId;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.tenancy.PlatformDatabase;
import id.nadi.tenancy.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Taking orders over: whoever claims one raises its fence, and what was begun under the old fence writes nothing. */
@Component
class Claims {
    /** An order whose fence was raised for this worker, and how often its supplier was asked before. */
    record Claimed(TenantId tenant, OrderId order, int tries) {}

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final PlatformDatabase platform;
    private final OrderStore store;

    Claims(JdbcClient jdbc, Transactions transactions, PlatformDatabase platform, OrderStore store) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.platform = platform;
        this.store = store;
    }

    /** Claims one open order of the bound tenant while that attempt is its current one. */
    Optional<Order> claim(Order order, int attempt, UUID worker) {
        boolean claimed = platform.inTransaction(() -> {
            if (!alive(platform.jdbc(), worker)) {
                return false;
            }
            lowerMark(worker, order.id().value());
            return platform.jdbc()
                            .sql("""
                                    UPDATE orders SET owner = ?, fence = fence + 1, updated_at = now()
                                     WHERE id = ? AND tenant_id = ? AND status IN (2, 3) AND attempts = ?""")
                            .params(worker, order.id().value(), order.tenant().value(), attempt)
                            .update()
                    == 1;
        });
        return claimed ? transactions.in(order.tenant(), () -> store.find(order.id())) : Optional.empty();
    }

    /** Raises the fence of an open order that this worker owns already; empty if there is no such order. */
    Optional<Claimed> reclaim(TenantId tenant, OrderId order, UUID worker) {
        return platform.inTransaction(() -> {
            if (!alive(platform.jdbc(), worker)) {
                return Optional.empty();
            }
            lowerMark(worker, order.value());
            int claimed = platform.jdbc()
                    .sql("""
                            UPDATE orders SET fence = fence + 1, updated_at = now()
                             WHERE id = ? AND tenant_id = ? AND owner = ? AND status < 10""")
                    .params(order.value(), tenant.value(), worker)
                    .update();
            return claimed == 1 ? Optional.of(new Claimed(tenant, order, 0)) : Optional.empty();
        });
    }

    /** Claims orders of all tenants whose check is due. A claim that nobody finishes is due again after that time. */
    List<Claimed> dueChecks(UUID worker, int limit, Duration claimFor) {
        return platform.inTransaction(() -> {
            if (!alive(platform.jdbc(), worker)) {
                return List.of();
            }
            List<Claimed> claimed = platform.jdbc()
                    .sql("""
                            WITH due AS (
                                UPDATE order_check c
                                   SET claimed_by = :worker, due_at = now() + make_interval(secs => :claim)
                                 WHERE (c.order_id, c.tenant_id) = ANY (ARRAY(
                                           SELECT (order_id, tenant_id) FROM order_check
                                            WHERE due_at <= now() ORDER BY due_at
                                              FOR UPDATE SKIP LOCKED LIMIT :limit))
                                RETURNING c.order_id, c.tenant_id, c.attempt, c.tries)
                            UPDATE orders o SET owner = :worker, fence = o.fence + 1, updated_at = now()
                              FROM due d
                             WHERE o.id = d.order_id AND o.tenant_id = d.tenant_id AND o.status IN (2, 3)
                               AND o.attempts = d.attempt
                            RETURNING o.tenant_id, o.id, d.tries""")
                    .param("worker", worker)
                    .param("claim", claimFor.toMillis() / 1000.0)
                    .param("limit", limit)
                    .query((row, number) -> new Claimed(
                            new TenantId(row.getObject(1, UUID.class)),
                            new OrderId(row.getObject(2, UUID.class)),
                            row.getInt(3)))
                    .list();
            claimed.stream()
                    .map(one -> one.order().value())
                    .min(UUID::compareTo)
                    .ifPresent(oldest -> lowerMark(worker, oldest));
            return claimed;
        });
    }

    /** Takes over every open order of one worker whose lease ran out, and removes that worker. */
    List<Claimed> fromDeadWorker(UUID worker) {
        return platform.inTransaction(() -> {
            if (!alive(platform.jdbc(), worker)) {
                return List.of();
            }
            record Dead(UUID id, UUID oldestOpen) {}
            Optional<Dead> dead = platform.jdbc()
                    .sql("""
                            DELETE FROM worker WHERE id = (
                                SELECT id FROM worker WHERE lease_until < now() AND id <> ? LIMIT 1
                                   FOR UPDATE SKIP LOCKED)
                            RETURNING id, oldest_open""")
                    .param(worker)
                    .query((row, number) -> new Dead(row.getObject(1, UUID.class), row.getObject(2, UUID.class)))
                    .optional();
            dead.ifPresent(gone -> lowerMark(worker, gone.oldestOpen));
            return dead.map(gone -> platform.jdbc()
                            .sql("""
                                    UPDATE orders SET owner = ?, fence = fence + 1, updated_at = now()
                                     WHERE id >= ? AND owner = ? AND status < 10
                                    RETURNING tenant_id, id""")
                            .params(worker, gone.oldestOpen, gone.id)
                            .query((row, number) -> new Claimed(
                                    new TenantId(row.getObject(1, UUID.class)),
                                    new OrderId(row.getObject(2, UUID.class)),
                                    0))
                            .list())
                    .orElse(List.of());
        });
    }

    /**
     * Ends all checks of a suspect order for ever, in the running transaction: raises its fence and forgets the schedule.
     * False if the order is not suspect, or its supplier is being asked right now.
     */
    boolean endChecks(OrderId order) {
        boolean suspect = jdbc.sql("SELECT 1 FROM orders WHERE id = ? AND status = ? FOR UPDATE")
                .params(order.value(), OrderStatus.SUSPECT.number())
                .query(Integer.class)
                .optional()
                .isPresent();
        // A statement of its own: had the lock been waited for, the first one could not see who claimed the check.
        if (!suspect || asking(order)) {
            return false;
        }
        jdbc.sql("UPDATE orders SET fence = fence + 1, owner = NULL, updated_at = now() WHERE id = ?")
                .param(order.value())
                .update();
        jdbc.sql("DELETE FROM order_check WHERE order_id = ?")
                .param(order.value())
                .update();
        return true;
    }

    private boolean asking(OrderId order) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM order_check c JOIN worker w ON w.id = c.claimed_by
                                        WHERE c.order_id = ? AND c.due_at > clock_timestamp()
                                          AND w.lease_until > clock_timestamp())""").param(order.value()).query(Boolean.class).single();
    }

    /** Takes the one step SUCCESS → REFUNDED in the running transaction, with its feed row; empty if it is not allowed. */
    Optional<Order> moveToRefunded(OrderId order) {
        int moved = jdbc.sql(
                        "UPDATE orders SET status = ?, updated_at = now() WHERE id = ? AND ((1 << status) & ?) <> 0")
                .params(OrderStatus.REFUNDED.number(), order.value(), OrderStatus.REFUNDED.fromMask())
                .update();
        if (moved == 0) {
            return Optional.empty();
        }
        jdbc.sql("INSERT INTO order_change (tenant_id, order_id, status) VALUES (?, ?, ?)")
                .params(CurrentTenant.id().value(), order.value(), OrderStatus.REFUNDED.number())
                .update();
        return store.find(order);
    }

    /**
     * Whoever recovers from this worker looks only at orders from its mark on. A claimed order may be older, so the mark
     * goes down in the claim's own transaction: the worker may die before its next beat.
     */
    private void lowerMark(UUID worker, UUID oldest) {
        platform.jdbc()
                .sql("UPDATE worker SET oldest_open = ? WHERE id = ? AND oldest_open > ?")
                .params(oldest, worker, oldest)
                .update();
    }

    /** Whether this worker still has its row; locks it, so that nobody declares it dead while it claims. */
    private static boolean alive(JdbcClient jdbc, UUID worker) {
        return jdbc.sql("SELECT 1 FROM worker WHERE id = ? FOR KEY SHARE")
                .param(worker)
                .query(Integer.class)
                .optional()
                .isPresent();
    }
}
