package id.nadi.audit;

import id.nadi.kernel.Cursors;
import id.nadi.kernel.Ids;
import id.nadi.kernel.Page;
import id.nadi.kernel.SqlValues;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.tenancy.Transactions;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/** Writes and shows what was done. Secrets never stand in it: callers pass what people may read. */
@Service
public class AuditTrail {
    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final JsonMapper json;

    AuditTrail(JdbcClient jdbc, Transactions transactions, JsonMapper json) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.json = json;
    }

    /**
     * Records an act inside its own transaction, which must be running.
     *
     * @param subject what it was done to, as {@code kind/id}
     */
    public void record(
            Actor actor,
            String action,
            String subject,
            @Nullable Map<String, ?> before,
            @Nullable Map<String, ?> after) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("an act and its entry share one transaction");
        }
        jdbc.sql("""
                        INSERT INTO audit_entry (id, tenant_id, actor_kind, actor_id, action, subject, before, after,
                                                 source_address)
                        VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?)""")
                .params(SqlValues.of(
                        Ids.next(),
                        CurrentTenant.id().value(),
                        actor.kind().name(),
                        actor.id(),
                        action,
                        subject,
                        before == null ? null : json.writeValueAsString(before),
                        after == null ? null : json.writeValueAsString(after),
                        actor.address()))
                .update();
    }

    /** The bound tenant's entries, the newest first. */
    public Page<Entry> entries(int limit, @Nullable String cursor) {
        UUID below = Cursors.uuid(cursor);
        return transactions.in(() -> Page.of(
                jdbc.sql("""
                                SELECT id, at, actor_kind, actor_id, action, subject, before::text, after::text,
                                       source_address
                                  FROM audit_entry WHERE ?::uuid IS NULL OR id < ?::uuid
                                 ORDER BY id DESC LIMIT ?""")
                        .params(SqlValues.of(below, below, limit + 1))
                        .query((row, number) -> new Entry(
                                row.getObject("id", UUID.class),
                                row.getObject("at", OffsetDateTime.class).toInstant(),
                                Actor.Kind.valueOf(row.getString("actor_kind")),
                                row.getObject("actor_id", UUID.class),
                                row.getString("action"),
                                row.getString("subject"),
                                row.getString("before"),
                                row.getString("after"),
                                row.getString("source_address")))
                        .list(),
                limit,
                entry -> Cursors.of(entry.id())));
    }

    /** One act; before and after are JSON. */
    public record Entry(
            UUID id,
            Instant at,
            Actor.Kind actorKind,
            @Nullable UUID actorId,
            String action,
            String subject,
            @Nullable String before,
            @Nullable String after,
            @Nullable String sourceAddress) {}
}
