package id.nadi.suppliers;

import id.nadi.connect.Call;
import id.nadi.connect.Connector;
import id.nadi.connect.Exchange;
import id.nadi.kernel.GatheredWriter;
import id.nadi.kernel.Ids;
import id.nadi.kernel.TenantId;
import id.nadi.orders.OrderId;
import id.nadi.suppliers.SupplierAdapter.Request;
import id.nadi.tenancy.Transactions;
import jakarta.annotation.PreDestroy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Calls suppliers and keeps what was said. The log is written by gathered batches behind the call: the order road does not
 * wait for it, but a full log slows calls down instead of losing lines.
 */
@Component
class SupplierCalls {
    private static final Logger LOG = LoggerFactory.getLogger(SupplierCalls.class);
    private static final int LOGGED_MAX = 4_096;
    private static final String MASK = "***";
    private static final GatheredWriter.Limits LOG_WRITER =
            new GatheredWriter.Limits(1, 5_000, 500, Duration.ofSeconds(30));

    private final Connector connector;
    private final Clock clock;
    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final Transactions transactions;
    private final GatheredWriter<Line, Boolean> log;

    SupplierCalls(Connector connector, Clock clock, JdbcClient jdbc, JdbcTemplate batches, Transactions transactions) {
        this.connector = connector;
        this.clock = clock;
        this.jdbc = jdbc;
        this.batches = batches;
        this.transactions = transactions;
        this.log = new GatheredWriter<>("call-log", LOG_WRITER, new LineTraits(), this::write);
    }

    /** What a call is about, for the log. */
    record About(
            String kind, @Nullable OrderId order, @Nullable Integer attempt) {
        static About supplier(String kind) {
            return new About(kind, null, null);
        }
    }

    /** Makes the call and reads what came back; both are kept. */
    <T> T call(Supplier supplier, Request request, Duration timeout, About about, Function<Exchange, T> reading) {
        Instant started = clock.instant();
        long startedNanos = System.nanoTime();
        Exchange exchange = connector.exchange(new Call(
                request.method(),
                URI.create(supplier.baseUrl() + request.path()),
                request.headers(),
                request.body(),
                timeout));
        T result = reading.apply(exchange);
        int tookMs = (int) Duration.ofNanos(System.nanoTime() - startedNanos).toMillis();
        keep(new Line(
                Ids.next(),
                supplier.tenant(),
                supplier.id(),
                about,
                masked(request.method() + " " + request.path() + " " + text(request.body()), request.secrets()),
                said(exchange),
                exchange instanceof Exchange.Answered answered ? answered.status() : null,
                summary(result),
                started,
                tookMs));
        return result;
    }

    /** Keeps a message that the supplier sent by itself. */
    void keepMessage(Supplier supplier, @Nullable OrderId order, byte[] body, String outcome) {
        keep(new Line(
                Ids.next(),
                supplier.tenant(),
                supplier.id(),
                new About("CALLBACK", order, null),
                "",
                cut(text(body)),
                null,
                outcome,
                clock.instant(),
                0));
    }

    /** What was said about an order, the oldest first. */
    List<SupplierCall> about(OrderId order) {
        return jdbc.sql("SELECT * FROM supplier_call WHERE order_id = ? ORDER BY id")
                .param(order.value())
                .query((row, number) -> new SupplierCall(
                        new SupplierId(row.getObject("supplier_id", UUID.class)),
                        row.getString("kind"),
                        row.getString("request"),
                        row.getString("response"),
                        row.getObject("http_status", Integer.class),
                        row.getString("outcome"),
                        row.getObject("started_at", OffsetDateTime.class).toInstant(),
                        row.getInt("took_ms")))
                .list();
    }

    private record Line(
            UUID id,
            TenantId tenant,
            SupplierId supplier,
            About about,
            String request,
            String response,
            @Nullable Integer httpStatus,
            String outcome,
            Instant startedAt,
            int tookMs) {}

    private void keep(Line line) {
        try {
            log.submitWaiting(line);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Boolean> write(TenantId tenant, List<Line> lines) throws SQLException {
        try {
            transactions.in(
                    tenant,
                    () -> batches.batchUpdate("""
                    INSERT INTO supplier_call (id, tenant_id, supplier_id, order_id, attempt, kind, request, response,
                                               http_status, outcome, started_at, took_ms)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id, tenant_id) DO NOTHING""", lines, lines.size(), (statement, line) -> {
                        OrderId order = line.about.order();
                        statement.setObject(1, line.id);
                        statement.setObject(2, line.tenant.value());
                        statement.setObject(3, line.supplier.value());
                        statement.setObject(4, order == null ? null : order.value());
                        statement.setObject(5, line.about.attempt());
                        statement.setString(6, line.about.kind());
                        statement.setString(7, line.request);
                        statement.setString(8, line.response);
                        statement.setObject(9, line.httpStatus);
                        statement.setString(10, line.outcome);
                        statement.setObject(11, line.startedAt.atOffset(ZoneOffset.UTC));
                        statement.setInt(12, line.tookMs);
                    }));
        } catch (DataAccessException failed) {
            throw Optional.ofNullable(failed.getMostSpecificCause())
                    .filter(SQLException.class::isInstance)
                    .map(SQLException.class::cast)
                    .orElseGet(() -> new SQLException(failed));
        } catch (org.springframework.transaction.TransactionException unreachable) {
            // No state: the writer takes it for a lost connection and posts the batch again, where lines that are in
            // stay.
            LOG.warn("the call log could not be reached: {}", unreachable.getMessage());
            throw new SQLException(unreachable);
        }
        return java.util.Collections.nCopies(lines.size(), true);
    }

    private static final class LineTraits implements GatheredWriter.Traits<Line> {
        @Override
        public TenantId tenant(Line line) {
            return line.tenant;
        }

        @Override
        public Object lane(Line line) {
            return line.id;
        }
    }

    private static String said(Exchange exchange) {
        return switch (exchange) {
            case Exchange.Answered answered -> cut(answered.text());
            case Exchange.NotSent notSent -> "[not sent] " + notSent.reason();
            case Exchange.Lost lost -> "[no answer] " + lost.reason();
        };
    }

    private static String summary(@Nullable Object result) {
        String text = String.valueOf(result);
        return text.length() <= 200 ? text : text.substring(0, 200);
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static String masked(String text, List<String> secrets) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        return cut(masked);
    }

    /** PostgreSQL keeps no NUL in texts, and evidence is bounded. */
    private static String cut(String text) {
        String bounded = text.length() <= LOGGED_MAX ? text : text.substring(0, LOGGED_MAX) + "…";
        return bounded.replace('\0', '\uFFFD');
    }

    @PreDestroy
    void close() {
        log.close();
    }
}
