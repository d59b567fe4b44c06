package id.nadi.orders;

import id.nadi.catalog.ProductId;
import id.nadi.kernel.Currency;
import id.nadi.kernel.MemberId;
import id.nadi.kernel.Money;
import id.nadi.kernel.SqlValues;
import id.nadi.kernel.TenantId;
import id.nadi.ledger.WalletId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reading orders and attempts; each call needs a transaction of the tenant. */
@Component
class OrderStore {
    /** The operation of an ordinary order in the idempotency table; others (deposits, transfers) will have their own. */
    static final int PLACE = 1;

    private static final String ORDER = "SELECT * FROM orders ";

    private final JdbcClient jdbc;

    OrderStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Order> find(OrderId id) {
        return jdbc.sql(ORDER + "WHERE id = ?")
                .param(id.value())
                .query(OrderStore::read)
                .optional();
    }

    List<Order> find(Collection<OrderId> ids) {
        UUID[] values = ids.stream().map(OrderId::value).toArray(UUID[]::new);
        return jdbc.sql(ORDER + "WHERE id = ANY (?)")
                .param(values)
                .query(OrderStore::read)
                .list();
    }

    List<Order> within(OrderCode.Span span) {
        return jdbc.sql(ORDER + "WHERE id >= ? AND id < ?")
                .params(span.lowest(), span.highest())
                .query(OrderStore::read)
                .list();
    }

    /** What a reference stands for, with the hash of the request that made it. */
    record Known(OrderId order, byte[] hash) {}

    Optional<Known> known(MemberId member, String reference) {
        return jdbc.sql("""
                        SELECT order_id, hash FROM idempotency
                         WHERE member_id = ? AND reference = ? AND operation = ?""")
                .params(member.value(), reference, PLACE)
                .query((row, number) -> new Known(new OrderId(row.getObject(1, UUID.class)), row.getBytes(2)))
                .optional();
    }

    List<Order> list(OrderFilter filter, @Nullable UUID below, int limit) {
        List<Integer> statuses = filter.status() == null
                ? List.of()
                : java.util.Arrays.stream(OrderStatus.values())
                        .filter(status -> status.outside() == filter.status())
                        .map(OrderStatus::number)
                        .toList();
        return jdbc.sql(ORDER + "\n" + """
                         WHERE member_id = ? AND id >= ? AND id < ?
                           AND (cardinality(?::smallint[]) = 0 OR status = ANY (?::smallint[]))
                         ORDER BY id DESC LIMIT ?""")
                .params(SqlValues.of(
                        filter.member().value(),
                        filter.lowest(),
                        below == null ? filter.highest() : below,
                        statuses.toArray(Integer[]::new),
                        statuses.toArray(Integer[]::new),
                        limit))
                .query(OrderStore::read)
                .list();
    }

    List<Attempt> attempts(OrderId order) {
        return jdbc.sql("SELECT * FROM attempt WHERE order_id = ? ORDER BY number")
                .param(order.value())
                .query(OrderStore::readAttempt)
                .list();
    }

    private static Order read(ResultSet row, int number) throws SQLException {
        Currency currency = Currency.valueOf(row.getString("currency"));
        return new Order(
                new OrderId(row.getObject("id", UUID.class)),
                new TenantId(row.getObject("tenant_id", UUID.class)),
                new MemberId(row.getObject("member_id", UUID.class)),
                new WalletId(row.getObject("wallet_id", UUID.class)),
                row.getString("reference"),
                Channel.of(row.getInt("channel")),
                new ProductId(row.getObject("product_id", UUID.class)),
                row.getString("product_code"),
                row.getString("fulfilment"),
                row.getString("destination"),
                row.getInt("quantity"),
                row.getInt("sequence"),
                new Money(row.getLong("price"), currency),
                row.getLong("balance_before"),
                row.getLong("balance_after"),
                OrderStatus.of(row.getInt("status")),
                row.getInt("attempts"),
                row.getLong("fence"),
                row.getObject("cost", Long.class),
                row.getString("sn"),
                row.getString("message"),
                row.getString("error_code"),
                row.getString("traceparent"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    private static Attempt readAttempt(ResultSet row, int number) throws SQLException {
        OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
        return new Attempt(
                new OrderId(row.getObject("order_id", UUID.class)),
                row.getInt("number"),
                row.getObject("supplier_id", UUID.class),
                row.getString("reference"),
                row.getString("supplier_code"),
                row.getLong("cost_expected"),
                AttemptState.of(row.getInt("state")),
                row.getObject("cost", Long.class),
                row.getString("reason"),
                row.getString("message"),
                row.getString("supplier_ref"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                finished == null ? null : finished.toInstant());
    }
}
