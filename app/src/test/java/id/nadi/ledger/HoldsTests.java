package id.nadi.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.nadi.kernel.Currency;
import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Ids;
import id.nadi.kernel.Money;
import id.nadi.kernel.RefusedException;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.testing.Books;
import id.nadi.testing.IntegrationTest;
import id.nadi.testing.Shop;
import id.nadi.testing.Shop.Buyer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class HoldsTests {
    private static final Purpose CAPTURE = Purpose.of(PostingKind.HOLD_CAPTURED, Ids.next());

    @Autowired
    Holds holds;

    @Autowired
    Ledger ledger;

    @Autowired
    Shop shop;

    @Autowired
    BooksAudit audit;

    @AfterEach
    void booksAreRight() {
        Books.areRight(audit);
    }

    @Test
    void setsAsideOnlyWhatIsAvailable() {
        Buyer buyer = shop.buyer(shop.open(), 10_000);
        hold(buyer, 6_000, later());
        assertThat(wallet(buyer).available()).isEqualTo(Money.idr(4_000));
        assertThat(in(buyer, () -> holds.place(buyer.wallet().id(), Money.idr(4_001), Ids.next(), later())))
                .isEmpty();
        assertThat(in(buyer, () -> ledger.debit(buyer.wallet().id(), revenue(), Money.idr(4_001), CAPTURE)))
                .isInstanceOf(Taking.Insufficient.class);
    }

    @Test
    void isTakenPieceByPieceAndGivesTheRestFreeOnce() {
        Buyer buyer = shop.buyer(shop.open(), 10_000);
        HoldId hold = hold(buyer, 6_000, later());
        capture(buyer, hold, 1_500);
        capture(buyer, hold, 500);
        assertThat(wallet(buyer)).satisfies(wallet -> {
            assertThat(wallet.posted()).isEqualTo(8_000);
            assertThat(wallet.held()).isEqualTo(4_000);
        });
        for (long tooMuch : new long[] {4_001, Long.MAX_VALUE}) {
            refuses(ErrorCode.AMOUNT_INVALID, () -> capture(buyer, hold, tooMuch));
        }
        in(buyer, () -> holds.release(hold));
        in(buyer, () -> holds.release(hold));
        assertThat(wallet(buyer).held()).isZero();
        assertThat(wallet(buyer).posted()).isEqualTo(8_000);
        refuses(ErrorCode.STATE_CHANGED, () -> capture(buyer, hold, 1));
    }

    @Test
    void endsByItselfWhenItsTimeIsOver() {
        Buyer buyer = shop.buyer(shop.open(), 10_000);
        HoldId untouched = hold(buyer, 2_000, Instant.now().minusSeconds(2));
        HoldId begun = hold(buyer, 3_000, Instant.now().minusSeconds(1));
        HoldId living = hold(buyer, 1_000, later());
        capture(buyer, begun, 700);
        assertThat(holds.expireDue()).isEqualTo(2);
        assertThat(holds.expireDue()).isZero();
        assertThat(wallet(buyer).held()).isEqualTo(1_000);
        assertThat(wallet(buyer).posted()).isEqualTo(9_300);
        refuses(ErrorCode.STATE_CHANGED, () -> capture(buyer, untouched, 1));
        capture(buyer, living, 1_000);
    }

    @Test
    void manyCapturesAtOnceNeverTakeMoreThanIsHeld() throws Exception {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        HoldId hold = hold(buyer, 10_000, later());
        List<Callable<Boolean>> work = Stream.<Callable<Boolean>>generate(() -> () -> {
                    try {
                        capture(buyer, hold, 3_000);
                        return true;
                    } catch (RefusedException late) {
                        return false;
                    }
                })
                .limit(10)
                .toList();
        int taken = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> one : threads.invokeAll(work)) {
                taken += one.get() ? 1 : 0;
            }
        }
        assertThat(taken).isEqualTo(3);
        assertThat(wallet(buyer).posted()).isEqualTo(41_000);
        assertThat(wallet(buyer).held()).isEqualTo(1_000);
    }

    @Test
    void isNotFoundUnderAnotherTenant() {
        Buyer buyer = shop.buyer(shop.open(), 10_000);
        Buyer stranger = shop.buyer(shop.open(), 10_000);
        HoldId hold = hold(buyer, 6_000, later());
        refuses(ErrorCode.NOT_FOUND, () -> in(stranger, () -> holds.release(hold)));
        refuses(ErrorCode.NOT_FOUND, () -> capture(stranger, hold, 1));
        refuses(
                ErrorCode.WALLET_MISSING,
                () -> hold(new Buyer(stranger.tenant(), buyer.member(), buyer.wallet()), 1, later()));
    }

    private static Instant later() {
        return Instant.now().plusSeconds(600);
    }

    private HoldId hold(Buyer buyer, long amount, Instant until) {
        return in(buyer, () -> holds.place(buyer.wallet().id(), Money.idr(amount), Ids.next(), until))
                .orElseThrow();
    }

    private Wallet capture(Buyer buyer, HoldId hold, long amount) {
        return in(buyer, () -> holds.capture(hold, revenue(), Money.idr(amount), CAPTURE));
    }

    private AccountId revenue() {
        return ledger.account(AccountKind.REVENUE, Currency.IDR);
    }

    private Wallet wallet(Buyer buyer) {
        return in(buyer, () -> ledger.wallet(buyer.wallet().id()));
    }

    private static <T> T in(Buyer buyer, Supplier<T> work) {
        return CurrentTenant.call(buyer.tenant().id(), work::get);
    }

    private static void refuses(ErrorCode code, Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(code));
    }
}
