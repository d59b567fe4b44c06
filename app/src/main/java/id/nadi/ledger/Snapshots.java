package id.nadi.ledger;

import id.nadi.tenancy.PlatformDatabase;
import org.springframework.stereotype.Service;

/**
 * Moves the sums of the house's accounts forward, so that a balance is a snapshot and a short tail. Only postings of
 * transactions below every running one are taken in: a posting that commits late is in the tail until then.
 */
@Service
public class Snapshots {
    private final PlatformDatabase platform;

    Snapshots(PlatformDatabase platform) {
        this.platform = platform;
    }

    /** Takes in what has become final since the last time; answers how many accounts moved. */
    public int advance() {
        return platform.inTransaction(() -> {
            // The mark is locked first: two processes cannot take the same postings in.
            long mark = platform.jdbc()
                    .sql("SELECT xid FROM snapshot_mark FOR UPDATE")
                    .query(Long.class)
                    .single();
            long horizon = platform.jdbc()
                    .sql("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
                    .query(Long.class)
                    .single();
            int moved = platform.jdbc()
                    .sql("""
                            INSERT INTO account_snapshot AS s (account_id, tenant_id, balance)
                            SELECT t.account, t.tenant_id, sum(t.amount)
                              FROM (SELECT credit_account AS account, tenant_id, amount FROM posting
                                     WHERE xid >= :mark AND xid < :horizon AND credit_version IS NULL
                                    UNION ALL
                                    SELECT debit_account, tenant_id, -amount FROM posting
                                     WHERE xid >= :mark AND xid < :horizon AND debit_version IS NULL) t
                             GROUP BY t.account, t.tenant_id
                            ON CONFLICT (account_id, tenant_id) DO UPDATE SET balance = s.balance + excluded.balance""")
                    .param("mark", mark)
                    .param("horizon", horizon)
                    .update();
            platform.jdbc()
                    .sql("UPDATE snapshot_mark SET xid = ?")
                    .param(horizon)
                    .update();
            return moved;
        });
    }
}
