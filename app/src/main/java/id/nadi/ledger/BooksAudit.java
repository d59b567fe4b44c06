package id.nadi.ledger;

import id.nadi.tenancy.PlatformDatabase;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Replays the books and counts what does not hold; the same snapshot of the data is used for all invariants. */
@Service
public class BooksAudit {
    /** What one invariant came to. */
    public record Finding(String invariant, long violations) {}

    private static final List<BookInvariant> OWN = List.of(
            new BookInvariant("every posting's currency is that of both of its accounts", """
                    SELECT count(*) FROM posting p
                      LEFT JOIN wallet dw ON dw.id = p.debit_account AND dw.tenant_id = p.tenant_id
                      LEFT JOIN account da ON da.id = p.debit_account AND da.tenant_id = p.tenant_id
                      LEFT JOIN wallet cw ON cw.id = p.credit_account AND cw.tenant_id = p.tenant_id
                      LEFT JOIN account ca ON ca.id = p.credit_account AND ca.tenant_id = p.tenant_id
                     WHERE p.currency IS DISTINCT FROM coalesce(dw.currency, da.currency)
                        OR p.currency IS DISTINCT FROM coalesce(cw.currency, ca.currency)"""),
            new BookInvariant("wallet sides stand exactly on wallets", """
                    SELECT count(*) FROM posting p
                      LEFT JOIN wallet d ON d.id = p.debit_account AND d.tenant_id = p.tenant_id
                      LEFT JOIN wallet c ON c.id = p.credit_account AND c.tenant_id = p.tenant_id
                     WHERE (d.id IS NULL) <> (p.debit_version IS NULL)
                        OR (c.id IS NULL) <> (p.credit_version IS NULL)"""),
            new BookInvariant("each wallet's chain of balances is unbroken and never negative", """
                    WITH side AS (
                        SELECT tenant_id, debit_account AS wallet, debit_version AS version, debit_before AS before,
                               debit_after AS after, -amount AS moved
                          FROM posting WHERE debit_version IS NOT NULL
                        UNION ALL
                        SELECT tenant_id, credit_account, credit_version, credit_before, credit_after, amount
                          FROM posting WHERE credit_version IS NOT NULL),
                    chain AS (
                        SELECT s.*, lag(after, 1, 0::bigint) OVER w AS expected_before,
                               lag(version, 1, 0::bigint) OVER w + 1 AS expected_version
                          FROM side s WINDOW w AS (PARTITION BY tenant_id, wallet ORDER BY version))
                    SELECT count(*) FROM chain
                     WHERE before <> expected_before OR version <> expected_version OR after <> before + moved
                        OR after < 0"""),
            new BookInvariant("a replay of postings gives each wallet's balance and version", """
                    WITH replayed AS (
                        SELECT tenant_id, wallet, sum(moved) AS balance, count(*) AS version FROM (
                            SELECT tenant_id, debit_account AS wallet, -amount AS moved
                              FROM posting WHERE debit_version IS NOT NULL
                            UNION ALL
                            SELECT tenant_id, credit_account, amount FROM posting WHERE credit_version IS NOT NULL) s
                         GROUP BY tenant_id, wallet)
                    SELECT count(*) FROM wallet w
                      FULL JOIN replayed r ON r.wallet = w.id AND r.tenant_id = w.tenant_id
                     WHERE w.posted IS DISTINCT FROM coalesce(r.balance, 0)
                        OR w.version IS DISTINCT FROM coalesce(r.version, 0)"""),
            new BookInvariant("what members owe is the balance of their receivables", """
                    SELECT count(*) FROM wallet w
                      LEFT JOIN (SELECT tenant_id, account, sum(amount) AS balance FROM (
                                     SELECT tenant_id, debit_account AS account, amount FROM posting
                                     UNION ALL SELECT tenant_id, credit_account, -amount FROM posting) s
                                  GROUP BY tenant_id, account) r
                        ON r.account = w.receivable_id AND r.tenant_id = w.tenant_id
                     WHERE w.owed <> coalesce(r.balance, 0)"""),
            new BookInvariant("snapshots are the sums of the postings below their mark", """
                    WITH summed AS (
                        SELECT tenant_id, account, sum(amount) AS balance FROM (
                            SELECT tenant_id, credit_account AS account, amount FROM posting
                             WHERE credit_version IS NULL AND xid < (SELECT xid FROM snapshot_mark)
                            UNION ALL
                            SELECT tenant_id, debit_account, -amount FROM posting
                             WHERE debit_version IS NULL AND xid < (SELECT xid FROM snapshot_mark)) s
                         GROUP BY tenant_id, account)
                    SELECT count(*) FROM account_snapshot s
                      FULL JOIN summed t ON t.account = s.account_id AND t.tenant_id = s.tenant_id
                     WHERE coalesce(s.balance, 0) <> coalesce(t.balance, 0)"""),
            new BookInvariant("stored balances sum to zero per tenant and currency", """
                    SELECT count(*) FROM (
                        SELECT tenant_id, currency FROM (
                            SELECT tenant_id, currency, posted AS balance FROM wallet
                            UNION ALL
                            SELECT s.tenant_id, a.currency, s.balance
                              FROM account_snapshot s JOIN account a ON a.id = s.account_id AND a.tenant_id = s.tenant_id
                            UNION ALL
                            SELECT tenant_id, currency, CASE WHEN credit_version IS NULL THEN amount ELSE 0 END
                                                      - CASE WHEN debit_version IS NULL THEN amount ELSE 0 END
                              FROM posting WHERE xid >= (SELECT xid FROM snapshot_mark)) b
                         GROUP BY tenant_id, currency HAVING sum(balance) <> 0) unbalanced"""),
            new BookInvariant("what is held is the open rest of pending holds", """
                    SELECT count(*) FROM wallet w
                      LEFT JOIN (SELECT tenant_id, wallet_id, sum(amount - captured) AS open
                                   FROM hold WHERE state = 0 GROUP BY tenant_id, wallet_id) h
                        ON h.wallet_id = w.id AND h.tenant_id = w.tenant_id
                     WHERE w.held <> coalesce(h.open, 0)"""),
            new BookInvariant("a posting is taken back at most once, by its opposite", """
                    SELECT count(*) FROM posting c
                      LEFT JOIN posting p ON p.id = c.corrects AND p.tenant_id = c.tenant_id
                     WHERE c.corrects IS NOT NULL
                       AND (p.id IS NULL OR p.amount <> c.amount OR p.debit_account <> c.credit_account
                            OR p.credit_account <> c.debit_account)"""));

    private final PlatformDatabase platform;
    private final List<BookInvariant> invariants;

    BooksAudit(PlatformDatabase platform, List<BookInvariant> contributed) {
        this.platform = platform;
        this.invariants = new ArrayList<>(OWN);
        this.invariants.addAll(contributed);
    }

    /** Checks every invariant over all tenants. */
    public List<Finding> run() {
        return run(platform.dataSource(), invariants);
    }

    private static List<Finding> run(DataSource dataSource, List<BookInvariant> invariants) {
        TransactionTemplate template = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        template.setReadOnly(true);
        // One snapshot for all: an order that is placed while we count must not look like a violation.
        template.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        JdbcClient jdbc = JdbcClient.create(new JdbcTemplate(dataSource));
        List<Finding> findings = template.execute(status -> invariants.stream()
                .map(invariant -> new Finding(
                        invariant.name(),
                        jdbc.sql(invariant.violationsSql()).query(Long.class).single()))
                .toList());
        return findings == null ? List.of() : findings;
    }
}
