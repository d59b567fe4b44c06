package id.nadi.orders;

import id.nadi.kernel.TenantId;
import id.nadi.tenancy.PlatformDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;

/**
 * Every change of every order, in an order in which none can be missed: by the transaction that made it, and only those
 * below every transaction that is still running. At least once, so consumers are idempotent.
 */
@Service
public class ChangeFeed {
    private final PlatformDatabase platform;

    ChangeFeed(PlatformDatabase platform) {
        this.platform = platform;
    }

    /** How far somebody has read. */
    public record Position(long xid, long seq) {
        public static final Position START = new Position(0, 0);
    }

    /** An order came to that status. */
    public record Change(Position at, TenantId tenant, OrderId order, OrderStatus status) {}

    /** The next changes behind a position, at most so many. */
    public List<Change> after(Position position, int limit) {
        return platform.jdbc()
                .sql("""
                        SELECT xid::text::bigint, seq, tenant_id, order_id, status FROM order_change
                         WHERE (xid, seq) > (?::text::xid8, ?)
                           AND xid < pg_snapshot_xmin(pg_current_snapshot())
                         ORDER BY xid, seq LIMIT ?""")
                .params(Long.toString(position.xid), position.seq, limit)
                .query((row, number) -> new Change(
                        new Position(row.getLong(1), row.getLong(2)),
                        new TenantId(row.getObject(3, UUID.class)),
                        new OrderId(row.getObject(4, UUID.class)),
                        OrderStatus.of(row.getInt(5))))
                .list();
    }

    /** The position behind everything that has been committed so far, for those who only want what comes. */
    public Position now() {
        return platform.jdbc()
                .sql("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
                .query((row, number) -> new Position(row.getLong(1), 0))
                .single();
    }

    /**
     * Hands a consumer its next changes and moves its cursor in the same transaction, in which the consumer stores their
     * effect through the platform's role. One process at a time reads for a consumer.
     *
     * @return how many changes were consumed; empty if another process reads for this consumer now
     */
    public Optional<Integer> consume(
            String consumer, UUID reader, Duration lease, int limit, Consumer<List<Change>> effect) {
        return platform.inTransaction(() -> {
            platform.jdbc()
                    .sql("INSERT INTO feed_cursor (consumer) VALUES (?) ON CONFLICT (consumer) DO NOTHING")
                    .param(consumer)
                    .update();
            Optional<Position> position = platform.jdbc()
                    .sql("""
                            UPDATE feed_cursor SET leased_by = ?, lease_until = now() + make_interval(secs => ?)
                             WHERE consumer = ? AND (leased_by = ? OR lease_until < now())
                            RETURNING xid::text::bigint, seq""")
                    .params(reader, lease.toMillis() / 1000.0, consumer, reader)
                    .query((row, number) -> new Position(row.getLong(1), row.getLong(2)))
                    .optional();
            if (position.isEmpty()) {
                return Optional.empty();
            }
            List<Change> changes = after(position.get(), limit);
            if (!changes.isEmpty()) {
                effect.accept(changes);
                Position last = changes.getLast().at();
                platform.jdbc()
                        .sql("UPDATE feed_cursor SET xid = ?::text::xid8, seq = ? WHERE consumer = ?")
                        .params(Long.toString(last.xid), last.seq, consumer)
                        .update();
            }
            return Optional.of(changes.size());
        });
    }

    /** Removes changes that are older than so many transactions; answers how many. Live readers are minutes behind. */
    public int prune(long transactionsKept) {
        return platform.jdbc().sql("""
                        DELETE FROM order_change
                         WHERE xid < (SELECT least(coalesce(min(c.xid::text::bigint), 9223372036854775807),
                                                   -- An xid8 is unsigned: below zero would be above everything.
                                                   greatest(pg_snapshot_xmin(pg_current_snapshot())::text::bigint - ?,
                                                            0))
                                        FROM feed_cursor c)::text::xid8""").param(transactionsKept).update();
    }
}
