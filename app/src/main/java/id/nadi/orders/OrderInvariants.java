package id.nadi.orders;

import id.nadi.ledger.BookInvariant;
import id.nadi.ledger.ContributesInvariants;
import org.springframework.context.annotation.Bean;

/** What is always true between orders and the books. */
@ContributesInvariants
class OrderInvariants {

    /** Nets per order: what was taken from the buyer (wallet or credit) less what came back. */
    private static final String CHARGES = """
            SELECT o.id, o.tenant_id, o.status, o.price,
                   coalesce(sum(CASE WHEN p.debit_account IN (o.wallet_id, w.receivable_id) THEN p.amount
                                     WHEN p.credit_account IN (o.wallet_id, w.receivable_id) THEN -p.amount END), 0)
                       AS charged,
                   coalesce(sum(CASE WHEN p.credit_account = o.in_flight_id THEN p.amount
                                     WHEN p.debit_account = o.in_flight_id THEN -p.amount END), 0) AS in_flight,
                   count(*) FILTER (WHERE p.kind = 2) AS revenues,
                   coalesce(sum(p.amount) FILTER (WHERE p.kind = 3), 0) AS cost, max(o.cost) AS order_cost
              FROM orders o
              JOIN wallet w ON w.id = o.wallet_id AND w.tenant_id = o.tenant_id
              LEFT JOIN posting p ON p.subject_id = o.id AND p.tenant_id = o.tenant_id
             GROUP BY o.id, o.tenant_id""";

    @Bean
    BookInvariant successIsChargedOnce() {
        return new BookInvariant(
                "each SUCCESS has exactly one net charge, its revenue and its cost",
                "SELECT count(*) FROM (" + CHARGES + ") c WHERE status = 10 AND (charged <> price OR in_flight <> 0"
                        + " OR revenues <> (price > 0)::int OR cost <> coalesce(order_cost, 0))");
    }

    @Bean
    BookInvariant failureNetsZero() {
        return new BookInvariant(
                "each FAILED, EXPIRED and CANCELLED nets zero",
                "SELECT count(*) FROM (" + CHARGES + ") c WHERE status IN (11, 13, 14) AND (charged <> 0"
                        + " OR in_flight <> 0 OR revenues <> 0 OR cost <> 0)");
    }

    @Bean
    BookInvariant refundNetsZero() {
        return new BookInvariant(
                "each REFUNDED nets zero for its buyer",
                "SELECT count(*) FROM (" + CHARGES + ") c WHERE status = 12 AND charged <> 0");
    }

    @Bean
    BookInvariant openMoneyIsInFlight() {
        return new BookInvariant(
                "each open and paid order has its price in flight",
                "SELECT count(*) FROM (" + CHARGES + ") c WHERE status IN (1, 2, 3)"
                        + " AND (charged <> price OR in_flight <> price)");
    }

    @Bean
    BookInvariant successHasOneDelivery() {
        return new BookInvariant("each SUCCESS has exactly one delivered attempt, no FAILED has one", """
                SELECT count(*) FROM (
                    SELECT o.id, o.status, count(a.number) FILTER (WHERE a.state = 1) AS delivered
                      FROM orders o LEFT JOIN attempt a ON a.order_id = o.id AND a.tenant_id = o.tenant_id
                     WHERE o.status IN (10, 11) GROUP BY o.id, o.tenant_id) d
                 WHERE delivered <> (status = 10)::int""");
    }

    @Bean
    BookInvariant oneReferenceOneOrder() {
        return new BookInvariant("each order has its idempotency key and each key its order", """
                SELECT (SELECT count(*) FROM orders o LEFT JOIN idempotency i
                            ON i.member_id = o.member_id AND i.reference = o.reference AND i.operation = 1
                           AND i.tenant_id = o.tenant_id
                         WHERE i.order_id IS DISTINCT FROM o.id)
                     + (SELECT count(*) FROM idempotency i LEFT JOIN orders o
                            ON o.id = i.order_id AND o.tenant_id = i.tenant_id
                         WHERE i.operation = 1 AND o.id IS NULL)""");
    }

    @Bean
    BookInvariant feedIsTrue() {
        return new BookInvariant("no feed row without its order, and each order's last feed row is its status", """
                SELECT (SELECT count(*) FROM order_change c LEFT JOIN orders o
                            ON o.id = c.order_id AND o.tenant_id = c.tenant_id WHERE o.id IS NULL)
                     + (SELECT count(*) FROM (
                            SELECT DISTINCT ON (order_id) order_id, tenant_id, status FROM order_change
                             ORDER BY order_id, xid DESC, seq DESC) last
                          JOIN orders o ON o.id = last.order_id AND o.tenant_id = last.tenant_id
                         WHERE o.status <> last.status)""");
    }

    @Bean
    BookInvariant slotsBelongToLivingOrders() {
        return new BookInvariant("no failed order keeps its duplicate slot", """
                SELECT count(*) FROM order_slot s JOIN orders o ON o.id = s.order_id AND o.tenant_id = s.tenant_id
                 WHERE o.status IN (11, 13, 14)""");
    }
}
