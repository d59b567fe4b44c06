package id.nadi.orders;

import id.nadi.kernel.Ids;
import id.nadi.kernel.TenantId;
import id.nadi.tenancy.Transactions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Opens a case where a supplier's later word contradicts how an attempt ended. No money moves by itself. */
@Component
class Cases {
    static final String CONTRADICTION = "CONTRADICTION";

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final OrderStore store;
    private final JsonMapper json;

    Cases(JdbcClient jdbc, Transactions transactions, OrderStore store, JsonMapper json) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.store = store;
        this.json = json;
    }

    /** Compares a word that changed nothing with what is recorded of the attempt. */
    void compare(TenantId tenant, Attempt attempt, Outcome outcome, OrderStatus status) {
        AttemptState said = AttemptState.after(outcome);
        if (!said.isFinal()) {
            return;
        }
        transactions.in(tenant, () -> {
            Optional<Attempt> recorded = store.attempts(attempt.order()).stream()
                    .filter(one -> one.number() == attempt.number())
                    .findFirst();
            if (recorded.isPresent() && recorded.get().state() != said) {
                open(tenant, recorded.get(), outcome, status);
            }
            return recorded;
        });
    }

    private void open(TenantId tenant, Attempt attempt, Outcome outcome, OrderStatus status) {
        Map<String, Object> evidence = new LinkedHashMap<>();
        evidence.put("attempt", attempt.number());
        evidence.put("recorded", attempt.state().name());
        evidence.put("said", outcome.toString());
        evidence.put("orderStatus", status.name());
        jdbc.sql("""
                        INSERT INTO order_case (id, tenant_id, order_id, kind, evidence) VALUES (?, ?, ?, ?, ?::jsonb)
                        ON CONFLICT (tenant_id, order_id, kind) DO NOTHING""")
                .params(
                        Ids.next(),
                        tenant.value(),
                        attempt.order().value(),
                        CONTRADICTION,
                        json.writeValueAsString(evidence))
                .update();
    }
}
