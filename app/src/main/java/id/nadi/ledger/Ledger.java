package id.nadi.ledger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import id.nadi.kernel.Currency;
import id.nadi.kernel.Cursors;
import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Ids;
import id.nadi.kernel.MemberId;
import id.nadi.kernel.Money;
import id.nadi.kernel.Page;
import id.nadi.kernel.Refusal;
import id.nadi.kernel.TenantId;
import id.nadi.ledger.LedgerStore.Moved;
import id.nadi.ledger.LedgerStore.Side;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.tenancy.Transactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/**
 * The books of the bound tenant, for everything but the order road (which posts by the batch, in the same shapes). Every
 * act joins the running transaction or makes one of its own, and locks all wallets that it touches in one statement.
 *
 * <p>A posting reads "from the debited account to the credited one"; a wallet is credited when money comes in.
 */
@Service
public class Ledger {
    private record AccountKey(
            TenantId tenant, AccountKind kind, @Nullable UUID party, Currency currency) {}

    private final LedgerStore store;
    private final Transactions transactions;
    private final Cache<AccountKey, AccountId> accounts =
            Caffeine.newBuilder().maximumSize(100_000).build();

    Ledger(LedgerStore store, Transactions transactions) {
        this.store = store;
        this.transactions = transactions;
    }

    /** Opens a member's wallet, with the account of what they may come to owe. A member has at most one. */
    public Wallet openWallet(MemberId member, Currency currency) {
        return transactions.in(() -> {
            WalletId id = new WalletId(Ids.next());
            AccountId receivable = store.account(AccountKind.RECEIVABLE, member.value(), currency);
            store.insertWallet(id, member, receivable, currency);
            return new Wallet(id, member, receivable, currency, 0, 0, 0, 0, 0, 0);
        });
    }

    public Optional<Wallet> walletOf(MemberId member) {
        return transactions.in(() -> store.walletOf(member));
    }

    public Wallet wallet(WalletId id) {
        return transactions.in(() -> store.wallet(id)).orElseThrow(Ledger::noWallet);
    }

    /** What must stay in the wallet, and how much its owner may owe. */
    public void setTerms(WalletId id, Money minimum, Money creditLimit) {
        transactions.run(() -> store.setTerms(id, minimum.amount(), creditLimit.amount()));
    }

    /** The house's account of that kind. */
    public AccountId account(AccountKind kind, Currency currency) {
        if (kind.perParty()) {
            throw new IllegalArgumentException(kind + " has one account for each party");
        }
        return account(kind, null, currency);
    }

    /** The account of that kind for one supplier, gateway or member. */
    public AccountId account(AccountKind kind, @Nullable UUID party, Currency currency) {
        AccountKey key = new AccountKey(CurrentTenant.id(), kind, party, currency);
        AccountId known = accounts.getIfPresent(key);
        if (known != null) {
            return known;
        }
        AccountId found = transactions.in(() -> store.account(kind, party, currency));
        // Remembered only once it is sure to exist.
        Transactions.afterCommit(() -> accounts.put(key, found));
        return found;
    }

    /** What an account holds: credits less debits. For wallets see {@link #wallet}. */
    public long balance(AccountId account) {
        return transactions.in(() -> store.balance(account));
    }

    /** Moves money between two accounts of the house. */
    public UUID post(AccountId from, AccountId to, Money money, Purpose purpose) {
        requirePositive(money);
        UUID id = Ids.next();
        transactions.run(() -> store.insertPosting(
                id, from.value(), to.value(), money.amount(), money.currency(), purpose, null, null, null));
        return id;
    }

    /** Brings money into a wallet. What its owner owes is paid first. */
    public Wallet credit(WalletId wallet, AccountId from, Money money, Purpose purpose) {
        requirePositive(money);
        return transactions.in(() -> {
            Wallet before = lock(wallet, money);
            long debt = Math.min(before.owed(), money.amount());
            Wallet after = before;
            if (debt > 0) {
                store.insertPosting(
                        Ids.next(),
                        from.value(),
                        before.receivable().value(),
                        debt,
                        money.currency(),
                        purpose,
                        null,
                        null,
                        null);
                after = after.owing(-debt);
            }
            if (money.amount() > debt) {
                after = in(after, from.value(), money.amount() - debt, purpose, null);
            }
            store.update(after);
            return after;
        });
    }

    /** Takes money out of a wallet, if so much is available. Credit is not drawn. */
    public Taking debit(WalletId wallet, AccountId to, Money money, Purpose purpose) {
        requirePositive(money);
        return transactions.in(() -> {
            Wallet before = lock(wallet, money);
            if (before.available().amount() < money.amount()) {
                return new Taking.Insufficient(before);
            }
            Wallet after = out(before, to.value(), money.amount(), purpose, null);
            store.update(after);
            return new Taking.Taken(after);
        });
    }

    /**
     * Takes back money that should not have come in: what the wallet can bear (holds are left alone) from the wallet, the
     * rest is booked as owed.
     */
    public Wallet reverse(WalletId wallet, AccountId to, Money money, Purpose purpose) {
        requirePositive(money);
        return transactions.in(() -> {
            Wallet before = lock(wallet, money);
            long taken = Math.min(before.posted() - before.held(), money.amount());
            Wallet after = before;
            if (taken > 0) {
                after = out(after, to.value(), taken, purpose, null);
            }
            if (money.amount() > taken) {
                long owed = money.amount() - taken;
                store.insertPosting(
                        Ids.next(),
                        before.receivable().value(),
                        to.value(),
                        owed,
                        money.currency(),
                        purpose,
                        null,
                        null,
                        null);
                after = after.owing(owed);
            }
            store.update(after);
            return after;
        });
    }

    /** Moves money from one wallet to another, if so much is available; both sides stand on one posting. */
    public Taking transfer(WalletId from, WalletId to, Money money, Purpose purpose) {
        requirePositive(money);
        if (from.equals(to)) {
            throw Refusal.of(ErrorCode.AMOUNT_INVALID, "from a wallet to itself")
                    .asException();
        }
        return transactions.in(() -> {
            List<Wallet> locked = store.lock(List.of(from, to));
            Wallet source = one(locked, from, money);
            Wallet target = one(locked, to, money);
            if (source.available().amount() < money.amount()) {
                return new Taking.Insufficient(source);
            }
            Wallet paid = source.moved(-money.amount());
            Wallet received = target.moved(money.amount());
            store.insertPosting(
                    Ids.next(),
                    from.value(),
                    to.value(),
                    money.amount(),
                    money.currency(),
                    purpose,
                    null,
                    side(source, paid),
                    side(target, received));
            store.update(paid);
            store.update(received);
            return new Taking.Taken(paid);
        });
    }

    /**
     * Takes a posting back by its opposite, which names it; at most once. If a wallet cannot bear it, or the debt that it
     * made has been paid since, nothing happens.
     */
    public Taking correct(UUID posting, Purpose purpose) {
        return transactions.in(() -> {
            Moved moved = store.posting(posting)
                    .orElseThrow(() -> Refusal.of(ErrorCode.NOT_FOUND).asException());
            List<Wallet> locked = store.lockTouched(moved.debit(), moved.credit());
            List<Wallet> changed = new ArrayList<>();
            Side debited = null;
            Side credited = null;
            for (Wallet wallet : locked) {
                Wallet after = wallet.owing(owedBack(wallet, moved));
                if (wallet.id().value().equals(moved.credit())) {
                    after = after.moved(-moved.amount());
                    debited = side(wallet, after);
                } else if (wallet.id().value().equals(moved.debit())) {
                    after = after.moved(moved.amount());
                    credited = side(wallet, after);
                }
                if (after.posted() < after.held() || after.owed() < 0) {
                    return new Taking.Insufficient(wallet);
                }
                changed.add(after);
            }
            if (store.corrected(posting)) {
                throw Refusal.of(ErrorCode.STATE_CHANGED).asException();
            }
            try {
                store.insertPosting(
                        Ids.next(),
                        moved.credit(),
                        moved.debit(),
                        moved.amount(),
                        moved.currency(),
                        purpose,
                        posting,
                        debited,
                        credited);
            } catch (DuplicateKeyException correctedMeanwhile) {
                // Between accounts of the house nothing is locked: the unique key decides who was first.
                throw Refusal.of(ErrorCode.STATE_CHANGED).asException();
            }
            changed.forEach(store::update);
            return new Taking.Taken(changed.isEmpty() ? null : changed.getLast());
        });
    }

    /** What its owner owes more once that posting is taken back; less if it had been booked as owed. */
    private static long owedBack(Wallet wallet, Moved moved) {
        UUID receivable = wallet.receivable().value();
        return receivable.equals(moved.credit())
                ? moved.amount()
                : receivable.equals(moved.debit()) ? -moved.amount() : 0;
    }

    /** The wallet's movements, the newest first. */
    public Page<StatementLine> statement(
            WalletId wallet, @Nullable Instant from, @Nullable Instant until, int limit, @Nullable String cursor) {
        Long below = Cursors.number(cursor);
        return transactions.in(() -> Page.of(
                store.statement(wallet, from, until, below, limit + 1), limit, line -> Cursors.of(line.version())));
    }

    Wallet lock(WalletId id, Money money) {
        return one(store.lock(List.of(id)), id, money);
    }

    /** Posts money out of a locked wallet; the caller writes the wallet. */
    Wallet out(Wallet before, UUID to, long amount, Purpose purpose, @Nullable UUID corrects) {
        Wallet after = before.moved(-amount);
        store.insertPosting(
                Ids.next(),
                before.id().value(),
                to,
                amount,
                before.currency(),
                purpose,
                corrects,
                side(before, after),
                null);
        return after;
    }

    private Wallet in(Wallet before, UUID from, long amount, Purpose purpose, @Nullable UUID corrects) {
        Wallet after = before.moved(amount);
        store.insertPosting(
                Ids.next(),
                from,
                before.id().value(),
                amount,
                before.currency(),
                purpose,
                corrects,
                null,
                side(before, after));
        return after;
    }

    private static Wallet one(List<Wallet> locked, WalletId id, Money money) {
        Wallet wallet = locked.stream()
                .filter(candidate -> candidate.id().equals(id))
                .findFirst()
                .orElseThrow(Ledger::noWallet);
        if (wallet.currency() != money.currency()) {
            throw Refusal.of(ErrorCode.AMOUNT_INVALID, "the wallet holds " + wallet.currency())
                    .asException();
        }
        return wallet;
    }

    private static Side side(Wallet before, Wallet after) {
        return new Side(after.version(), before.posted(), after.posted());
    }

    private static void requirePositive(Money money) {
        if (!money.isPositive()) {
            throw Refusal.of(ErrorCode.AMOUNT_INVALID, money.toString()).asException();
        }
    }

    private static RuntimeException noWallet() {
        return Refusal.of(ErrorCode.WALLET_MISSING).asException();
    }
}
