package id.nadi.ledger;

import id.nadi.kernel.Currency;
import id.nadi.kernel.Ids;
import id.nadi.kernel.MemberId;
import id.nadi.kernel.SqlValues;
import id.nadi.tenancy.CurrentTenant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The SQL of wallets, accounts and postings. */
@Component
class LedgerStore {
    private static final String WALLET = """
            SELECT id, member_id, receivable_id, currency, posted, held, owed, minimum, credit_limit, version
              FROM wallet""";

    private final JdbcClient jdbc;

    LedgerStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insertWallet(WalletId id, MemberId member, AccountId receivable, Currency currency) {
        jdbc.sql("""
                        INSERT INTO wallet (id, tenant_id, member_id, receivable_id, currency)
                        VALUES (?, ?, ?, ?, ?)""")
                .params(id.value(), tenant(), member.value(), receivable.value(), currency.name())
                .update();
    }

    Optional<Wallet> walletOf(MemberId member) {
        return jdbc.sql(WALLET + " WHERE member_id = ?")
                .param(member.value())
                .query(LedgerStore::readWallet)
                .optional();
    }

    Optional<Wallet> wallet(WalletId id) {
        return jdbc.sql(WALLET + " WHERE id = ?")
                .param(id.value())
                .query(LedgerStore::readWallet)
                .optional();
    }

    /** Locks the wallets in the order of their ids, as every writer does, so that none waits for another in a circle. */
    List<Wallet> lock(Collection<WalletId> ids) {
        UUID[] values = ids.stream().map(WalletId::value).toArray(UUID[]::new);
        return jdbc.sql(WALLET + " WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE")
                .param(values)
                .query(LedgerStore::readWallet)
                .list();
    }

    /** Locks, in the same order, the wallets on either side of a posting and those whose receivable stands there. */
    List<Wallet> lockTouched(UUID debit, UUID credit) {
        UUID[] accounts = {debit, credit};
        return jdbc.sql(WALLET + "\n" + """
                         WHERE id = ANY (ARRAY(
                             SELECT unnest(?::uuid[])
                             UNION ALL
                             SELECT w.id FROM account a JOIN wallet w ON w.member_id = a.party_id AND w.receivable_id = a.id
                              WHERE a.id = ANY (?::uuid[])))
                         ORDER BY id FOR NO KEY UPDATE""")
                .params(accounts, accounts)
                .query(LedgerStore::readWallet)
                .list();
    }

    void update(Wallet wallet) {
        jdbc.sql("UPDATE wallet SET posted = ?, held = ?, owed = ?, version = ? WHERE id = ?")
                .params(
                        wallet.posted(),
                        wallet.held(),
                        wallet.owed(),
                        wallet.version(),
                        wallet.id().value())
                .update();
    }

    void setTerms(WalletId id, long minimum, long creditLimit) {
        jdbc.sql("UPDATE wallet SET minimum = ?, credit_limit = ? WHERE id = ?")
                .params(minimum, creditLimit, id.value())
                .update();
    }

    AccountId account(AccountKind kind, @Nullable UUID party, Currency currency) {
        Optional<AccountId> known = findAccount(kind, party, currency);
        if (known.isPresent()) {
            return known.get();
        }
        jdbc.sql("""
                        INSERT INTO account (id, tenant_id, kind, party_id, currency) VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT (tenant_id, kind, party_id, currency) DO NOTHING""")
                .params(SqlValues.of(Ids.next(), tenant(), kind.name(), party, currency.name()))
                .update();
        return findAccount(kind, party, currency).orElseThrow();
    }

    private Optional<AccountId> findAccount(AccountKind kind, @Nullable UUID party, Currency currency) {
        return jdbc.sql("""
                        SELECT id FROM account
                         WHERE tenant_id = ? AND kind = ? AND party_id IS NOT DISTINCT FROM ?::uuid AND currency = ?""")
                .params(SqlValues.of(tenant(), kind.name(), party, currency.name()))
                .query((row, number) -> new AccountId(row.getObject("id", UUID.class)))
                .optional();
    }

    /** The floored side of a posting: the wallet's version and balance around it. */
    record Side(long version, long before, long after) {}

    void insertPosting(
            UUID id,
            UUID debit,
            UUID credit,
            long amount,
            Currency currency,
            Purpose purpose,
            @Nullable UUID corrects,
            @Nullable Side debited,
            @Nullable Side credited) {
        jdbc.sql("""
                        INSERT INTO posting (id, tenant_id, debit_account, credit_account, amount, kind, subject_id,
                                             corrects, debit_version, debit_before, debit_after,
                                             credit_version, credit_before, credit_after, currency, memo)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(SqlValues.of(
                        id,
                        tenant(),
                        debit,
                        credit,
                        amount,
                        purpose.kind().number(),
                        purpose.subject(),
                        corrects,
                        debited == null ? null : debited.version(),
                        debited == null ? null : debited.before(),
                        debited == null ? null : debited.after(),
                        credited == null ? null : credited.version(),
                        credited == null ? null : credited.before(),
                        credited == null ? null : credited.after(),
                        currency.name(),
                        purpose.memo()))
                .update();
    }

    /** What a posting moved, for taking it back. */
    record Moved(UUID debit, UUID credit, long amount, Currency currency, PostingKind kind, UUID subject) {}

    Optional<Moved> posting(UUID id) {
        return jdbc.sql(
                        "SELECT debit_account, credit_account, amount, currency, kind, subject_id FROM posting WHERE id = ?")
                .param(id)
                .query((row, number) -> new Moved(
                        row.getObject(1, UUID.class),
                        row.getObject(2, UUID.class),
                        row.getLong(3),
                        Currency.valueOf(row.getString(4)),
                        PostingKind.of(row.getShort(5)),
                        row.getObject(6, UUID.class)))
                .optional();
    }

    boolean corrected(UUID posting) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM posting WHERE corrects = ?)")
                .param(posting)
                .query(Boolean.class)
                .single();
    }

    /** The sum of the postings that are not in the snapshot yet, credits less debits, and the snapshot's own sum. */
    long balance(AccountId account) {
        return jdbc.sql("""
                        WITH mark AS MATERIALIZED (SELECT xid FROM snapshot_mark)
                        SELECT coalesce((SELECT balance FROM account_snapshot WHERE account_id = :account), 0)
                             + coalesce((SELECT sum(CASE WHEN credit_account = :account THEN amount ELSE -amount END)
                                           FROM posting
                                          WHERE xid >= (SELECT xid FROM mark)
                                            AND (credit_account = :account OR debit_account = :account)), 0)""").param("account", account.value()).query(Long.class).single();
    }

    List<StatementLine> statement(
            WalletId wallet, @Nullable Instant from, @Nullable Instant until, @Nullable Long below, int limit) {
        return jdbc.sql("""
                        SELECT * FROM (
                            (SELECT id, debit_version AS version, 'OUT' AS direction, amount, debit_before AS before,
                                    debit_after AS after, kind, subject_id, memo, created_at
                               FROM posting
                              WHERE debit_account = :wallet AND debit_version < :below
                                AND created_at >= :from AND created_at < :until
                              ORDER BY debit_version DESC LIMIT :limit)
                            UNION ALL
                            (SELECT id, credit_version, 'IN', amount, credit_before, credit_after, kind, subject_id,
                                    memo, created_at
                               FROM posting
                              WHERE credit_account = :wallet AND credit_version < :below
                                AND created_at >= :from AND created_at < :until
                              ORDER BY credit_version DESC LIMIT :limit)) lines
                         ORDER BY version DESC LIMIT :limit""")
                .param("wallet", wallet.value())
                .param("below", below == null ? Long.MAX_VALUE : below)
                .param("from", (from == null ? Instant.EPOCH : from).atOffset(ZoneOffset.UTC))
                .param("until", until == null ? OffsetDateTime.MAX : until.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query((row, number) -> new StatementLine(
                        row.getObject("id", UUID.class),
                        row.getLong("version"),
                        StatementLine.Direction.valueOf(row.getString("direction")),
                        row.getLong("amount"),
                        row.getLong("before"),
                        row.getLong("after"),
                        PostingKind.of(row.getShort("kind")),
                        row.getObject("subject_id", UUID.class),
                        row.getString("memo"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    private static UUID tenant() {
        return CurrentTenant.id().value();
    }

    static Wallet readWallet(ResultSet row, int number) throws SQLException {
        return new Wallet(
                new WalletId(row.getObject("id", UUID.class)),
                new MemberId(row.getObject("member_id", UUID.class)),
                new AccountId(row.getObject("receivable_id", UUID.class)),
                Currency.valueOf(row.getString("currency")),
                row.getLong("posted"),
                row.getLong("held"),
                row.getLong("owed"),
                row.getLong("minimum"),
                row.getLong("credit_limit"),
                row.getLong("version"));
    }
}
