package id.nadi.ledger;

import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Ids;
import id.nadi.kernel.Money;
import id.nadi.kernel.Refusal;
import id.nadi.kernel.TenantId;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.tenancy.PlatformDatabase;
import id.nadi.tenancy.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Money set aside: it stays in the wallet and cannot be spent otherwise. A hold is taken piece by piece and resolved once:
 * posted (something was taken, the rest is free again), voided, or expired.
 */
@Service
public class Holds {
    private static final int EXPIRE_MAX = 500;

    private enum State {
        PENDING,
        POSTED,
        VOIDED,
        EXPIRED
    }

    private record Hold(HoldId id, WalletId wallet, long amount, long captured, State state) {}

    private final JdbcClient jdbc;
    private final LedgerStore store;
    private final Ledger ledger;
    private final Transactions transactions;
    private final PlatformDatabase platform;
    private final Clock clock;

    Holds(
            JdbcClient jdbc,
            LedgerStore store,
            Ledger ledger,
            Transactions transactions,
            PlatformDatabase platform,
            Clock clock) {
        this.jdbc = jdbc;
        this.store = store;
        this.ledger = ledger;
        this.transactions = transactions;
        this.platform = platform;
        this.clock = clock;
    }

    /** Sets money aside until then; empty if so much is not available. */
    public Optional<HoldId> place(WalletId wallet, Money money, UUID subject, Instant expiresAt) {
        if (!money.isPositive()) {
            throw Refusal.of(ErrorCode.AMOUNT_INVALID, money.toString()).asException();
        }
        return transactions.in(() -> {
            Wallet locked = ledger.lock(wallet, money);
            if (locked.available().amount() < money.amount()) {
                return Optional.empty();
            }
            HoldId id = new HoldId(Ids.next());
            jdbc.sql("""
                            INSERT INTO hold (id, tenant_id, wallet_id, subject_id, amount, expires_at)
                            VALUES (?, ?, ?, ?, ?, ?)""")
                    .params(
                            id.value(),
                            CurrentTenant.id().value(),
                            wallet.value(),
                            subject,
                            money.amount(),
                            expiresAt.atOffset(ZoneOffset.UTC))
                    .update();
            store.update(locked.holding(money.amount()));
            return Optional.of(id);
        });
    }

    /** Takes a piece of a pending hold out of the wallet; refuses more than is left of it, and a hold that has ended. */
    public Wallet capture(HoldId id, AccountId to, Money money, Purpose purpose) {
        if (!money.isPositive()) {
            throw Refusal.of(ErrorCode.AMOUNT_INVALID, money.toString()).asException();
        }
        return transactions.in(() -> {
            Wallet wallet = ledger.lock(walletOf(id), money);
            Hold hold = pending(id);
            if (money.amount() > hold.amount - hold.captured) {
                throw Refusal.of(ErrorCode.AMOUNT_INVALID, "more than is left of the hold")
                        .asException();
            }
            Wallet after = ledger.out(wallet.holding(-money.amount()), to.value(), money.amount(), purpose, null);
            store.update(after);
            jdbc.sql("UPDATE hold SET captured = captured + ? WHERE id = ?")
                    .params(money.amount(), id.value())
                    .update();
            return after;
        });
    }

    /** Ends a pending hold and gives free what was not taken. Ending it again changes nothing. */
    public Wallet release(HoldId id) {
        return transactions.in(() -> resolve(id, false));
    }

    /** Ends the holds of all tenants that nobody has ended in time; answers how many. */
    public int expireDue() {
        record Due(TenantId tenant, HoldId id) {}
        List<Due> due = platform.jdbc()
                .sql("SELECT tenant_id, id FROM hold WHERE state = 0 AND expires_at <= ? ORDER BY expires_at LIMIT ?")
                .params(clock.instant().atOffset(ZoneOffset.UTC), EXPIRE_MAX)
                .query((row, number) -> new Due(
                        new TenantId(row.getObject("tenant_id", UUID.class)),
                        new HoldId(row.getObject("id", UUID.class))))
                .list();
        due.forEach(one -> transactions.in(one.tenant, () -> resolve(one.id, true)));
        return due.size();
    }

    private Wallet resolve(HoldId id, boolean expired) {
        Wallet wallet = store.lock(List.of(walletOf(id))).getFirst();
        Hold hold = read(id);
        if (hold.state != State.PENDING) {
            return wallet;
        }
        State end = hold.captured > 0 ? State.POSTED : expired ? State.EXPIRED : State.VOIDED;
        jdbc.sql("UPDATE hold SET state = ?, resolved_at = now() WHERE id = ?")
                .params(end.ordinal(), id.value())
                .update();
        Wallet after = wallet.holding(hold.captured - hold.amount);
        store.update(after);
        return after;
    }

    private Hold pending(HoldId id) {
        Hold hold = read(id);
        if (hold.state != State.PENDING) {
            throw Refusal.of(ErrorCode.STATE_CHANGED).asException();
        }
        return hold;
    }

    /** The wallet is found first and locked first; only then is the hold's own state believed. */
    private WalletId walletOf(HoldId id) {
        return read(id).wallet;
    }

    private Hold read(HoldId id) {
        return jdbc.sql("SELECT wallet_id, amount, captured, state FROM hold WHERE id = ?")
                .param(id.value())
                .query((row, number) -> new Hold(
                        id,
                        new WalletId(row.getObject("wallet_id", UUID.class)),
                        row.getLong("amount"),
                        row.getLong("captured"),
                        State.values()[row.getInt("state")]))
                .optional()
                .orElseThrow(() -> Refusal.of(ErrorCode.NOT_FOUND).asException());
    }
}
