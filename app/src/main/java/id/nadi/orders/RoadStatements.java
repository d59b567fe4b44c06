package id.nadi.orders;

import id.nadi.kernel.Ids;
import id.nadi.kernel.TenantId;
import id.nadi.kernel.UuidArray;
import id.nadi.ledger.AccountId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Calls the set-based statements of {@code R__order_road.sql}: plain JDBC, one call, one commit, one round trip. The
 * functions bind the tenant themselves, for their own transaction.
 */
@Component
class RoadStatements {
    private static final String PLACE = "SELECT ord, outcome, order_id, balance_before, balance_after, owed"
            + " FROM place_orders_1(" + places(26) + ")";
    private static final String BEGIN = "SELECT order_id FROM begin_attempts_1(" + places(10) + ")";
    private static final String SETTLE = "SELECT order_id, status FROM settle_orders_1(" + places(18) + ")";

    private static final String STATUSES = "SELECT order_id, status FROM order_statuses_1(?, ?)";

    private final DataSource dataSource;

    RoadStatements(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What the statement decided about one order; the numbers are those of {@code place_orders_1}. */
    record Placed(
            Verdict verdict,
            OrderId order,
            @Nullable Long before,
            @Nullable Long after,
            long owed) {}

    enum Verdict {
        ACCEPTED,
        SAME_AGAIN,
        OTHER_REQUEST,
        BALANCE_SHORT,
        SLOT_TAKEN,
        DAILY_LIMIT,
        NO_WALLET,
        DEBT
    }

    List<Placed> place(TenantId tenant, UUID worker, List<NewOrder> orders) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(PLACE)) {
            Binder<NewOrder> bind = new Binder<>(connection, statement, orders);
            bind.value(tenant.value());
            bind.value(worker);
            bind.uuids(order -> order.id().value());
            bind.uuids(order -> order.member().value());
            bind.column("text", NewOrder::reference);
            bind.column("int2", order -> (short) OrderStore.PLACE);
            bind.bytes(NewOrder::hash);
            bind.uuids(order -> order.wallet().value());
            bind.uuids(order -> order.inFlight().value());
            bind.column("int2", order -> (short) order.channel().number());
            bind.uuids(order -> order.product().value());
            bind.column("text", NewOrder::productCode);
            bind.column("text", NewOrder::fulfilment);
            bind.column("text", NewOrder::destination);
            bind.column("int4", NewOrder::quantity);
            bind.column("int4", NewOrder::sequence);
            bind.column("int8", order -> order.price().amount());
            bind.column("text", order -> order.price().currency().name());
            bind.column("int8", NewOrder::priceVersion);
            bind.column("text", order -> null); // commission plans come with the network of resellers
            bind.column("text", NewOrder::traceparent);
            bind.column("date", NewOrder::guardDay);
            bind.value(orders.stream().anyMatch(order -> order.dailyMax() != null));
            bind.column("int4", NewOrder::dailyMax);
            bind.uuids(order -> Ids.next());
            bind.uuids(order -> Ids.next());
            Placed[] placed = new Placed[orders.size()];
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    placed[(int) rows.getLong(1) - 1] = new Placed(
                            Verdict.values()[rows.getInt(2)],
                            new OrderId(rows.getObject(3, UUID.class)),
                            rows.getObject(4, Long.class),
                            rows.getObject(5, Long.class),
                            rows.getLong(6));
                }
            }
            return Arrays.asList(placed);
        }
    }

    /** An attempt that wants to begin. */
    record NewAttempt(
            TenantId tenant,
            OrderId order,
            long fence,
            int number,
            UUID supplier,
            String reference,
            String code,
            long cost) {}

    /** Answers for each attempt whether it was begun: whether this worker may send it. */
    List<Boolean> begin(TenantId tenant, UUID worker, List<NewAttempt> attempts) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(BEGIN)) {
            Binder<NewAttempt> bind = new Binder<>(connection, statement, attempts);
            bind.value(tenant.value());
            bind.value(worker);
            bind.value(OrderStatus.PROCESSING.fromMask());
            bind.uuids(attempt -> attempt.order().value());
            bind.column("int8", NewAttempt::fence);
            bind.column("int2", attempt -> (short) attempt.number());
            bind.uuids(NewAttempt::supplier);
            bind.column("text", NewAttempt::reference);
            bind.column("text", NewAttempt::code);
            bind.column("int8", NewAttempt::cost);
            Set<UUID> begun = new HashSet<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    begun.add(rows.getObject(1, UUID.class));
                }
            }
            return attempts.stream()
                    .map(attempt -> begun.contains(attempt.order().value()))
                    .toList();
        }
    }

    List<Settlement.Result> settle(TenantId tenant, List<Settlement> settlements) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(SETTLE)) {
            Binder<Settlement> bind = new Binder<>(connection, statement, settlements);
            bind.value(tenant.value());
            bind.uuids(one -> one.accounts().revenue().value());
            bind.uuids(one -> one.accounts().costOfSales().value());
            bind.uuids(one -> one.order().value());
            bind.column("int2", one -> (short) one.attempt());
            bind.column("int8", Settlement::fence);
            bind.column("int4", one -> one.to().fromMask());
            bind.column("int2", one -> (short) one.to().number());
            bind.column("int2", one -> (short) one.attemptState().number());
            bind.column("int8", Settlement::cost);
            bind.column("text", Settlement::sn);
            bind.column("text", Settlement::message);
            bind.column("text", Settlement::reason);
            bind.column("text", Settlement::supplierRef);
            bind.column("timestamptz", one -> timestamp(one.due()));
            bind.uuids(one -> valueOf(one.accounts().deposit()));
            bind.uuids(one -> Ids.next());
            bind.uuids(one -> Ids.next());
            Map<UUID, OrderStatus> changed = statuses(statement);
            if (changed.size() == settlements.size()) {
                return settlements.stream()
                        .map(one -> new Settlement.Result(true, one.to()))
                        .toList();
            }
            Map<UUID, OrderStatus> standing = standing(connection, tenant, settlements);
            return settlements.stream()
                    .map(one -> result(one, changed, standing))
                    .toList();
        }
    }

    private static Settlement.Result result(
            Settlement settlement, Map<UUID, OrderStatus> changed, Map<UUID, OrderStatus> standing) {
        UUID order = settlement.order().value();
        if (changed.containsKey(order)) {
            return new Settlement.Result(true, settlement.to());
        }
        OrderStatus status = standing.get(order);
        if (status == null) {
            throw new IllegalStateException("order " + order + " does not exist");
        }
        return new Settlement.Result(false, status);
    }

    private static Map<UUID, OrderStatus> standing(Connection connection, TenantId tenant, List<Settlement> settlements)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STATUSES)) {
            Binder<Settlement> bind = new Binder<>(connection, statement, settlements);
            bind.value(tenant.value());
            bind.uuids(one -> one.order().value());
            return statuses(statement);
        }
    }

    private static Map<UUID, OrderStatus> statuses(PreparedStatement statement) throws SQLException {
        Map<UUID, OrderStatus> found = new HashMap<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.put(rows.getObject(1, UUID.class), OrderStatus.of(rows.getInt(2)));
            }
        }
        return found;
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant time) {
        return time == null ? null : Timestamp.from(time);
    }

    private static @Nullable UUID valueOf(@Nullable AccountId account) {
        return account == null ? null : account.value();
    }

    /** Binds values and, for each column of the batch, an array, one place after the other. */
    private static final class Binder<T> {
        private final Connection connection;
        private final PreparedStatement statement;
        private final List<T> rows;
        private int place;

        Binder(Connection connection, PreparedStatement statement, List<T> rows) {
            this.connection = connection;
            this.statement = statement;
            this.rows = rows;
        }

        void value(Object value) throws SQLException {
            statement.setObject(++place, value);
        }

        void column(String type, Function<T, @Nullable Object> of) throws SQLException {
            @Nullable Object[] values = new @Nullable Object[rows.size()];
            for (int at = 0; at < values.length; at++) {
                values[at] = of.apply(rows.get(at));
            }
            Array array = connection.createArrayOf(type, values);
            statement.setArray(++place, array);
        }

        void uuids(Function<T, @Nullable UUID> of) throws SQLException {
            statement.setObject(++place, UuidArray.of(rows, of));
        }

        void bytes(Function<T, byte[]> of) throws SQLException {
            byte[][] values = rows.stream().map(of).toArray(byte[][]::new);
            statement.setArray(++place, connection.createArrayOf("bytea", values));
        }
    }

    private static String places(int count) {
        return String.join(", ", java.util.Collections.nCopies(count, "?"));
    }
}
