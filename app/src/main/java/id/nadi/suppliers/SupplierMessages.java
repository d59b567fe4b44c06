package id.nadi.suppliers;

import id.nadi.kernel.Hashes;
import id.nadi.kernel.Ids;
import id.nadi.kernel.TenantId;
import id.nadi.orders.OrderId;
import id.nadi.orders.Orders;
import id.nadi.orders.Orders.Heard;
import id.nadi.suppliers.SupplierAdapter.Message;
import id.nadi.suppliers.SupplierAdapter.Said;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.tenancy.PlatformDatabase;
import id.nadi.tenancy.Transactions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Messages that suppliers send: verified on their raw bytes, stored once, answered, and only then applied. What was stored
 * and not applied, because the process died in between, is applied later.
 */
@Service
public class SupplierMessages {
    private static final Logger LOG = LoggerFactory.getLogger(SupplierMessages.class);
    private static final int BEGINNING_MAX = 4_096;
    private static final int APPLY_MAX = 200;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final PlatformDatabase platform;
    private final Suppliers suppliers;
    private final SupplierCalls calls;
    private final Orders orders;

    SupplierMessages(
            JdbcClient jdbc,
            Transactions transactions,
            PlatformDatabase platform,
            Suppliers suppliers,
            SupplierCalls calls,
            Orders orders) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.platform = platform;
        this.suppliers = suppliers;
        this.calls = calls;
        this.orders = orders;
    }

    /** How a message is answered. */
    public enum Receipt {
        TAKEN,
        /** Its signature is not that supplier's: kept aside, without effect. */
        NOT_GENUINE,
        /** There is no such connection. */
        UNKNOWN_CONNECTION
    }

    /** Takes a message in for the bound tenant. It is on disk when this answers TAKEN. */
    public Receipt receive(
            String adapterName, String connectionKey, Map<String, String> headers, byte[] body, String address) {
        Optional<Supplier> found = suppliers.byConnection(adapterName, connectionKey);
        if (found.isEmpty()) {
            return Receipt.UNKNOWN_CONNECTION;
        }
        Supplier supplier = found.get();
        Message message = new Message(headers, body);
        if (!suppliers.adapter(supplier).isGenuine(supplier, message)) {
            quarantine(supplier, body, address);
            return Receipt.NOT_GENUINE;
        }
        UUID id = Ids.next();
        boolean fresh = transactions.in(() -> jdbc.sql("""
                        INSERT INTO supplier_message (id, tenant_id, supplier_id, dedupe_key, body) VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT (tenant_id, supplier_id, dedupe_key) DO NOTHING""")
                        .params(
                                id,
                                supplier.tenant().value(),
                                supplier.id().value(),
                                Hashes.hex(Hashes.sha256(body)),
                                text(body).replace('\0', '\uFFFD'))
                        .update()
                == 1);
        if (fresh) {
            Thread.startVirtualThread(() -> CurrentTenant.run(supplier.tenant(), () -> apply(id)));
        }
        return Receipt.TAKEN;
    }

    private record Stored(UUID id, TenantId tenant) {}

    /** Applies what was stored some seconds ago and is still open. */
    @Scheduled(fixedDelayString = "${nadi.suppliers.messages-every:5s}")
    void applyLeftOver() {
        try {
            List<Stored> open = platform.jdbc()
                    .sql("""
                            SELECT id, tenant_id FROM supplier_message
                             WHERE applied_at IS NULL AND received_at < now() - interval '5 seconds'
                             ORDER BY received_at LIMIT ?""")
                    .param(APPLY_MAX)
                    .query((row, number) ->
                            new Stored(row.getObject(1, UUID.class), new TenantId(row.getObject(2, UUID.class))))
                    .list();
            open.forEach(stored -> CurrentTenant.run(stored.tenant, () -> apply(stored.id)));
        } catch (RuntimeException failed) {
            LOG.warn("stored messages could not be looked for: {}", failed.getMessage());
        }
    }

    /** Applying twice is harmless: the order road changes an order once. */
    private void apply(UUID id) {
        record Open(SupplierId supplier, String body) {}
        try {
            Optional<Open> open = transactions.in(() -> jdbc.sql(
                            "SELECT supplier_id, body FROM supplier_message WHERE id = ? AND applied_at IS NULL")
                    .param(id)
                    .query((row, number) -> new Open(new SupplierId(row.getObject(1, UUID.class)), row.getString(2)))
                    .optional());
            if (open.isEmpty()) {
                return;
            }
            Supplier supplier = suppliers.find(open.get().supplier).orElseThrow();
            byte[] body = open.get().body.getBytes(StandardCharsets.UTF_8);
            Said said = suppliers.adapter(supplier).read(new Message(Map.of(), body));
            OrderId order = null;
            String result;
            switch (said) {
                case Said.Of of -> {
                    Heard heard = orders.hear(supplier.id().value(), of.reference(), of.destination(), of.outcome());
                    switch (heard) {
                        case Heard.Of about -> {
                            order = about.order();
                            result = of.outcome() + " → " + about.status();
                        }
                        case Heard.OtherDestination other -> {
                            order = other.order();
                            result = "about another destination than the order's, without effect: " + of.outcome();
                        }
                        case Heard.UnknownReference unknown -> result = "unknown reference " + of.reference();
                    }
                }
                case Said.Ping ping -> result = "ping";
                case Said.Unreadable unreadable -> result = "unreadable: " + unreadable.why();
            }
            calls.keepMessage(supplier, order, body, result);
            String outcome = result;
            transactions.run(() -> jdbc.sql("UPDATE supplier_message SET applied_at = now(), result = ? WHERE id = ?")
                    .params(outcome, id)
                    .update());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            LOG.error("message {} could not be applied and will be tried again", id, failed);
        }
    }

    private void quarantine(Supplier supplier, byte[] body, String address) {
        String beginning = text(body).replace('\0', '\uFFFD');
        transactions.run(() -> jdbc.sql("""
                        INSERT INTO quarantine (tenant_id, source, body_hash, reason, beginning, address)
                        VALUES (?, ?, ?, ?, ?, ?)
                        ON CONFLICT (body_hash, source, tenant_id)
                            DO UPDATE SET count = quarantine.count + 1, last_at = now(), address = excluded.address""")
                .params(
                        supplier.tenant().value(),
                        "supplier/" + supplier.id(),
                        Hashes.sha256(body),
                        "signature",
                        beginning.length() <= BEGINNING_MAX ? beginning : beginning.substring(0, BEGINNING_MAX),
                        address)
                .update());
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}
