package id.nadi.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import id.nadi.kernel.Currency;
import id.nadi.kernel.Ids;
import id.nadi.kernel.Money;
import id.nadi.kernel.RefusedException;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.testing.Books;
import id.nadi.testing.IntegrationTest;
import id.nadi.testing.Shop;
import id.nadi.testing.Shop.Buyer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Random histories by concurrent writers over several tenants, against a reference model that is too simple to be wrong.
 * A failure names its seed; {@code -Dnadi.seed=…} plays the same choices again.
 */
@IntegrationTest
class RandomHistoryTests {
    private static final int TENANTS = 3;
    private static final int WALLETS = 4;
    private static final int WRITERS = 6;
    private static final int STEPS = 150;

    @Autowired
    Ledger ledger;

    @Autowired
    Holds holds;

    @Autowired
    Snapshots snapshots;

    @Autowired
    Shop shop;

    @Autowired
    BooksAudit audit;

    /** What the house holds by the model: credits less debits of an account. */
    private final Map<AccountId, AtomicLong> house = new ConcurrentHashMap<>();

    /** A wallet as the model has it. Whoever works on it holds its monitor, so that the model knows every answer. */
    private static final class Model {
        final Buyer buyer;
        final int rank;
        long posted;
        long held;
        long owed;
        final List<Open> holds = new ArrayList<>();

        Model(Buyer buyer, int rank, long posted) {
            this.buyer = buyer;
            this.rank = rank;
            this.posted = posted;
        }

        long available() {
            return Math.max(0, posted - held);
        }
    }

    private static final class Open {
        final HoldId id;
        long rest;

        Open(HoldId id, long rest) {
            this.id = id;
            this.rest = rest;
        }
    }

    @Test
    void everyHistoryEndsAsTheModelSays() throws Exception {
        long seed = Long.getLong("nadi.seed", System.nanoTime());
        System.out.println("random history with -Dnadi.seed=" + seed);
        List<List<Model>> tenants = new ArrayList<>();
        Random setup = new Random(seed);
        for (int tenant = 0; tenant < TENANTS; tenant++) {
            Shop.Open open = shop.open();
            List<Model> wallets = new ArrayList<>();
            for (int wallet = 0; wallet < WALLETS; wallet++) {
                long balance = 1 + setup.nextInt(50_000);
                Buyer buyer = shop.buyer(open, balance);
                Model model = new Model(buyer, wallet, balance);
                wallets.add(model);
                moved(model, AccountKind.BANK, -balance);
            }
            tenants.add(wallets);
        }
        AtomicBoolean going = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> advancing = threads.submit(() -> {
                while (going.get()) {
                    snapshots.advance();
                }
            });
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                Random random = new Random(seed + writer + 1);
                writers.add(threads.submit(() -> {
                    for (int step = 0; step < STEPS; step++) {
                        step(tenants.get(random.nextInt(TENANTS)), random);
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            going.set(false);
            advancing.get();
        }
        tenants.forEach(wallets -> wallets.forEach(this::compare));
        Model any = tenants.getFirst().getFirst();
        house.forEach((account, sum) -> assertThat(tenants.stream()
                        .map(wallets -> balance(wallets.getFirst(), account))
                        .filter(balance -> balance != 0)
                        .findFirst()
                        .orElse(0L))
                .as("seed %s, account %s", seed, account)
                .isEqualTo(sum.get()));
        assertThat(any.posted).isNotNegative();
        Books.areRight(audit);
    }

    private void step(List<Model> wallets, Random random) {
        Model one = wallets.get(random.nextInt(wallets.size()));
        Model other = wallets.get(random.nextInt(wallets.size()));
        long amount = 1 + random.nextInt(20_000);
        Model first = one.rank <= other.rank ? one : other;
        Model second = first == one ? other : one;
        synchronized (first) {
            synchronized (second) {
                CurrentTenant.run(one.buyer.tenant().id(), () -> {
                    switch (random.nextInt(8)) {
                        case 0, 1 -> credit(one, amount);
                        case 2 -> debit(one, amount);
                        case 3 -> reverse(one, amount);
                        case 4 -> transfer(one, other, amount);
                        case 5 -> hold(one, amount);
                        case 6 -> capture(one, random, amount);
                        default -> release(one, random);
                    }
                });
                compareUnder(one);
            }
        }
    }

    private void credit(Model one, long amount) {
        ledger.credit(one.buyer.wallet().id(), account(AccountKind.BANK), Money.idr(amount), purpose());
        moved(one, AccountKind.BANK, -amount);
        long debt = Math.min(one.owed, amount);
        one.owed -= debt;
        one.posted += amount - debt;
    }

    private void debit(Model one, long amount) {
        Taking taking =
                ledger.debit(one.buyer.wallet().id(), account(AccountKind.REVENUE), Money.idr(amount), purpose());
        assertThat(taking instanceof Taking.Taken).isEqualTo(one.available() >= amount);
        if (one.available() >= amount) {
            one.posted -= amount;
            moved(one, AccountKind.REVENUE, amount);
        }
    }

    private void reverse(Model one, long amount) {
        ledger.reverse(one.buyer.wallet().id(), account(AccountKind.BANK), Money.idr(amount), purpose());
        moved(one, AccountKind.BANK, amount);
        long taken = Math.min(one.available(), amount);
        one.posted -= taken;
        one.owed += amount - taken;
    }

    private void transfer(Model from, Model to, long amount) {
        if (from == to) {
            return;
        }
        Taking taking =
                ledger.transfer(from.buyer.wallet().id(), to.buyer.wallet().id(), Money.idr(amount), purpose());
        assertThat(taking instanceof Taking.Taken).isEqualTo(from.available() >= amount);
        if (from.available() >= amount) {
            from.posted -= amount;
            to.posted += amount;
        }
    }

    private void hold(Model one, long amount) {
        Optional<HoldId> placed = holds.place(
                one.buyer.wallet().id(),
                Money.idr(amount),
                Ids.next(),
                Instant.now().plusSeconds(3_600));
        assertThat(placed.isPresent()).isEqualTo(one.available() >= amount);
        placed.ifPresent(id -> {
            one.held += amount;
            one.holds.add(new Open(id, amount));
        });
    }

    private void capture(Model one, Random random, long amount) {
        if (one.holds.isEmpty()) {
            return;
        }
        Open hold = one.holds.get(random.nextInt(one.holds.size()));
        boolean fits = amount <= hold.rest;
        boolean taken = true;
        try {
            holds.capture(hold.id, account(AccountKind.REVENUE), Money.idr(amount), purpose());
        } catch (RefusedException refused) {
            taken = false;
        }
        assertThat(taken).isEqualTo(fits);
        if (fits) {
            hold.rest -= amount;
            one.held -= amount;
            one.posted -= amount;
            moved(one, AccountKind.REVENUE, amount);
        }
    }

    private void release(Model one, Random random) {
        if (one.holds.isEmpty()) {
            return;
        }
        Open hold = one.holds.remove(random.nextInt(one.holds.size()));
        holds.release(hold.id);
        one.held -= hold.rest;
    }

    private void moved(Model one, AccountKind kind, long amount) {
        AccountId account = CurrentTenant.call(one.buyer.tenant().id(), () -> account(kind));
        house.computeIfAbsent(account, fresh -> new AtomicLong()).addAndGet(amount);
    }

    private void compare(Model one) {
        synchronized (one) {
            compareUnder(one);
        }
    }

    private void compareUnder(Model one) {
        Wallet wallet = CurrentTenant.call(
                one.buyer.tenant().id(), () -> ledger.wallet(one.buyer.wallet().id()));
        assertThat(List.of(wallet.posted(), wallet.held(), wallet.owed()))
                .containsExactly(one.posted, one.held, one.owed);
    }

    private AccountId account(AccountKind kind) {
        return ledger.account(kind, Currency.IDR);
    }

    private long balance(Model any, AccountId account) {
        return CurrentTenant.call(any.buyer.tenant().id(), () -> ledger.balance(account));
    }

    private static Purpose purpose() {
        return Purpose.of(PostingKind.ADJUSTMENT, Ids.next());
    }
}
