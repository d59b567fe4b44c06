package id.nadi.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.nadi.audit.Actor;
import id.nadi.kernel.Currency;
import id.nadi.kernel.Ids;
import id.nadi.kernel.Money;
import id.nadi.kernel.TenantId;
import id.nadi.orders.Channel;
import id.nadi.orders.Order;
import id.nadi.orders.Orders;
import id.nadi.orders.Outcome;
import id.nadi.orders.PlaceOrder;
import id.nadi.orders.Placement;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.testing.Books;
import id.nadi.testing.FakeFulfilment;
import id.nadi.testing.IntegrationTest;
import id.nadi.testing.Shop;
import id.nadi.testing.Shop.Buyer;
import id.nadi.testing.Sql;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An audit that cannot fail is worth nothing: each invariant is broken on purpose, seen, and mended. */
@IntegrationTest
class BooksAuditTests {
    private static final String ONE_POSTING =
            " WHERE tenant_id = :tenant AND id = (SELECT id FROM posting WHERE tenant_id = :tenant AND %s"
                    + " ORDER BY id LIMIT 1)";

    private final JdbcClient sql = Sql.superuser();
    private final Set<String> seen = new HashSet<>();

    @Autowired
    BooksAudit audit;

    @Autowired
    Ledger ledger;

    @Autowired
    Holds holds;

    @Autowired
    Snapshots snapshots;

    @Autowired
    Orders orders;

    @Autowired
    FakeFulfilment supplier;

    @Autowired
    Shop shop;

    @Test
    void seesEveryInvariantBroken() {
        TenantId tenant = historyWithEverything();
        Books.areRight(audit);

        sees(
                tenant,
                "every posting's currency",
                "posting",
                "UPDATE posting SET currency = 'USD'" + ONE_POSTING.formatted("true"));
        sees(
                tenant,
                "wallet sides",
                "posting",
                "UPDATE posting SET debit_version = NULL" + ONE_POSTING.formatted("debit_version IS NOT NULL"));
        sees(
                tenant,
                "wallet sides",
                "posting",
                "UPDATE posting SET credit_version = 1" + ONE_POSTING.formatted("credit_version IS NULL"));
        sees(
                tenant,
                "chain of balances is unbroken",
                "posting",
                "UPDATE posting SET debit_after = debit_after + 1"
                        + ONE_POSTING.formatted("debit_version IS NOT NULL"));
        sees(
                tenant,
                "chain of balances is unbroken",
                "posting",
                "UPDATE posting SET credit_version = credit_version + 100"
                        + ONE_POSTING.formatted("credit_version IS NOT NULL"));
        sees(
                tenant,
                "chain of balances is unbroken",
                "posting",
                "DELETE FROM posting" + ONE_POSTING.formatted("credit_version IS NOT NULL"));
        sees(
                tenant,
                "replay of postings gives each wallet's balance",
                "wallet",
                "UPDATE wallet SET posted = posted + 1" + " WHERE tenant_id = :tenant");
        sees(
                tenant,
                "replay of postings gives each wallet's balance",
                "wallet",
                "UPDATE wallet SET version = version + 1 WHERE tenant_id = :tenant");
        sees(tenant, "what members owe", "wallet", "UPDATE wallet SET owed = owed + 1 WHERE tenant_id = :tenant");
        sees(
                tenant,
                "snapshots are the sums",
                "account_snapshot",
                "UPDATE account_snapshot SET balance = balance + 1 WHERE tenant_id = :tenant");
        sees(
                tenant,
                "snapshots are the sums",
                "account_snapshot",
                "DELETE FROM account_snapshot WHERE tenant_id = :tenant");
        sees(tenant, "sum to zero", "wallet", "UPDATE wallet SET posted = posted + 1 WHERE tenant_id = :tenant");
        sees(tenant, "what is held", "hold", "UPDATE hold SET captured = captured + 1 WHERE tenant_id = :tenant");
        sees(
                tenant,
                "taken back at most once",
                "posting",
                "UPDATE posting SET amount = amount + 1" + ONE_POSTING.formatted("corrects IS NOT NULL"));

        sees(
                tenant,
                "each SUCCESS has exactly one net charge",
                "orders",
                "UPDATE orders SET price = price + 1 WHERE tenant_id = :tenant AND status = 10");
        sees(
                tenant,
                "each SUCCESS has exactly one net charge",
                "posting",
                "DELETE FROM posting" + ONE_POSTING.formatted("kind = 3"));
        sees(
                tenant,
                "each FAILED",
                "orders",
                "UPDATE orders SET status = 11 WHERE tenant_id = :tenant AND status = 10");
        sees(
                tenant,
                "each REFUNDED",
                "orders",
                "UPDATE orders SET status = 12 WHERE tenant_id = :tenant AND status = 10");
        sees(
                tenant,
                "each open and paid order",
                "orders",
                "UPDATE orders SET status = 3, owner = NULL WHERE tenant_id = :tenant AND status = 10");
        sees(
                tenant,
                "exactly one delivered attempt",
                "attempt",
                "UPDATE attempt SET state = 1 WHERE tenant_id = :tenant AND state = 3");
        sees(
                tenant,
                "exactly one delivered attempt",
                "attempt",
                "UPDATE attempt SET state = 4 WHERE tenant_id = :tenant AND state = 1");
        sees(
                tenant,
                "idempotency key",
                "idempotency",
                "UPDATE idempotency SET order_id = gen_random_uuid() WHERE tenant_id = :tenant");
        sees(tenant, "idempotency key", "idempotency", "DELETE FROM idempotency WHERE tenant_id = :tenant");
        sees(
                tenant,
                "no feed row without its order",
                "order_change",
                "UPDATE order_change SET order_id = gen_random_uuid() WHERE tenant_id = :tenant AND status = 1");
        sees(
                tenant,
                "no feed row without its order",
                "order_change",
                "DELETE FROM order_change WHERE tenant_id = :tenant AND status >= 10");
        sees(tenant, "no failed order keeps its duplicate slot", "order_slot", """
                UPDATE order_slot SET order_id = (SELECT id FROM orders WHERE tenant_id = :tenant AND status = 11 LIMIT 1)
                 WHERE tenant_id = :tenant""");

        assertThat(audit.run())
                .as("invariants that no break was thought of")
                .allSatisfy(finding -> assertThat(seen).contains(finding.invariant()));
    }

    private void sees(TenantId tenant, String invariant, String table, String breaking) {
        String kept = "test_kept_" + table;
        sql.sql("CREATE TABLE " + kept + " AS SELECT * FROM " + table + " WHERE tenant_id = '" + tenant + "'")
                .update();
        try {
            assertThat(sql.sql(breaking).param("tenant", tenant.value()).update())
                    .as(breaking)
                    .isPositive();
            BooksAudit.Finding finding = audit.run().stream()
                    .filter(one -> one.invariant().contains(invariant))
                    .findFirst()
                    .orElseThrow();
            assertThat(finding.violations())
                    .as("%s after: %s", finding.invariant(), breaking)
                    .isPositive();
            seen.add(finding.invariant());
        } finally {
            // One batch: foreign keys are not looked at while the rows are put back as they were.
            sql.sql("DO $$ BEGIN SET LOCAL session_replication_role = replica; DELETE FROM " + table
                            + " WHERE tenant_id = '" + tenant + "'; INSERT INTO " + table
                            + " OVERRIDING SYSTEM VALUE SELECT * FROM " + kept + "; DROP TABLE " + kept + "; END $$")
                    .update();
        }
        Books.areRight(audit);
    }

    /** Orders that succeeded, failed and were refunded; a transfer, a debt, a hold, a correction, a snapshot. */
    private TenantId historyWithEverything() {
        Shop.Open open = shop.open();
        Buyer buyer = shop.buyer(open, 100_000);
        Buyer other = shop.buyer(open, 5_000);
        TenantId tenant = open.tenant().id();
        String refused = Shop.phone();
        supplier.onBuy(refused, (order, attempt) -> new Outcome.Rejected(Outcome.Reason.DESTINATION_WRONG, "no"));
        order(buyer, "fails", refused);
        order(buyer, "succeeds", Shop.phone());
        Order refunded = order(buyer, "is refunded", Shop.phone());
        CurrentTenant.run(tenant, () -> {
            orders.refund(refunded.id(), "wrong", Actor.OPERATOR);
            AccountId bank = ledger.account(AccountKind.BANK, Currency.IDR);
            Purpose purpose = Purpose.of(PostingKind.ADJUSTMENT, Ids.next());
            ledger.transfer(buyer.wallet().id(), other.wallet().id(), Money.idr(2_000), purpose);
            ledger.reverse(other.wallet().id(), bank, Money.idr(9_000), purpose);
            ledger.setTerms(other.wallet().id(), Money.idr(0), Money.idr(0));
            UUID posting =
                    ledger.post(bank, ledger.account(AccountKind.ADJUSTMENT, Currency.IDR), Money.idr(77), purpose);
            ledger.correct(posting, purpose);
            HoldId hold = holds.place(
                            buyer.wallet().id(),
                            Money.idr(3_000),
                            Ids.next(),
                            Instant.now().plusSeconds(3_600))
                    .orElseThrow();
            holds.capture(hold, bank, Money.idr(1_000), purpose);
        });
        snapshots.advance();
        return tenant;
    }

    private Order order(Buyer buyer, String reference, String phone) {
        return CurrentTenant.call(buyer.tenant().id(), () -> {
            Placement placed = orders.place(new PlaceOrder(
                    buyer.id(), reference.replace(' ', '-'), Shop.PRODUCT, phone, 1, 1, null, Channel.H2H, null));
            assertThat(placed).isInstanceOf(Placement.Accepted.class);
            Order order = ((Placement.Accepted) placed).order();
            // Awaited on this thread, where the tenant is bound.
            return await().pollInSameThread()
                    .until(() -> orders.get(order.id()), now -> !now.status().isOpen());
        });
    }
}
