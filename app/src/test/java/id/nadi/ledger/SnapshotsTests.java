package id.nadi.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import id.nadi.kernel.Currency;
import id.nadi.kernel.Ids;
import id.nadi.kernel.Money;
import id.nadi.kernel.TenantId;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.tenancy.Transactions;
import id.nadi.testing.Books;
import id.nadi.testing.IntegrationTest;
import id.nadi.testing.Shop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class SnapshotsTests {
    private static final Purpose PURPOSE = Purpose.of(PostingKind.ADJUSTMENT, Ids.next());

    /** Threads of their own: on two cores the common pool has one, and these wait for each other. */
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    @AfterAll
    static void stopThreads() {
        THREADS.close();
    }

    @Autowired
    Snapshots snapshots;

    @Autowired
    Ledger ledger;

    @Autowired
    Transactions transactions;

    @Autowired
    Shop shop;

    @Autowired
    BooksAudit audit;

    @AfterEach
    void booksAreRight() {
        Books.areRight(audit);
    }

    /** A transaction that began early and commits late lies below the newest ids: a mark over ids would lose it. */
    @Test
    void whatCommitsLateIsNotLost() throws Exception {
        TenantId tenant = shop.open().tenant().id();
        post(tenant, 1);
        CountDownLatch posted = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        CompletableFuture<Long> late = CompletableFuture.supplyAsync(
                () -> transactions.in(tenant, () -> {
                    post(tenant, 10);
                    posted.countDown();
                    awaitLatch(commit);
                    return 10L;
                }),
                THREADS);
        awaitLatch(posted);
        post(tenant, 100);
        snapshots.advance();
        post(tenant, 1_000);
        snapshots.advance();
        assertThat(balance(tenant)).isEqualTo(1_101);
        commit.countDown();
        assertThat(late.get(10, TimeUnit.SECONDS)).isEqualTo(10);
        assertThat(balance(tenant)).isEqualTo(1_111);
        snapshots.advance();
        assertThat(balance(tenant)).isEqualTo(1_111);
    }

    @Test
    void balancesAreRightWhileManyCommitAndTheSnapshotAdvances() throws Exception {
        TenantId tenant = shop.open().tenant().id();
        AtomicBoolean going = new AtomicBoolean(true);
        CompletableFuture<Integer> advancing = CompletableFuture.supplyAsync(
                () -> {
                    int rounds = 0;
                    while (going.get()) {
                        snapshots.advance();
                        rounds++;
                    }
                    return rounds;
                },
                THREADS);
        CompletableFuture<?>[] writers = new CompletableFuture<?>[4];
        for (int writer = 0; writer < writers.length; writer++) {
            writers[writer] = CompletableFuture.runAsync(
                    () -> {
                        long seen = 0;
                        for (int number = 0; number < 50; number++) {
                            post(tenant, 1);
                            long balance = balance(tenant);
                            assertThat(balance)
                                    .as("never falls, and knows one's own")
                                    .isGreaterThan(seen);
                            seen = balance;
                        }
                    },
                    THREADS);
        }
        CompletableFuture.allOf(writers).get(60, TimeUnit.SECONDS);
        going.set(false);
        assertThat(advancing.get(10, TimeUnit.SECONDS)).isPositive();
        assertThat(balance(tenant)).isEqualTo(200);
        snapshots.advance();
        assertThat(balance(tenant)).isEqualTo(200);
    }

    private void post(TenantId tenant, long amount) {
        CurrentTenant.run(
                tenant,
                () -> ledger.post(
                        ledger.account(AccountKind.ADJUSTMENT, Currency.IDR),
                        ledger.account(AccountKind.REVENUE, Currency.IDR),
                        Money.idr(amount),
                        PURPOSE));
    }

    private long balance(TenantId tenant) {
        return CurrentTenant.call(tenant, () -> ledger.balance(ledger.account(AccountKind.REVENUE, Currency.IDR)));
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
