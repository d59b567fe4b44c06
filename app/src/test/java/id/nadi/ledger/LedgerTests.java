package id.nadi.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.nadi.kernel.Currency;
import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Ids;
import id.nadi.kernel.Money;
import id.nadi.kernel.Page;
import id.nadi.kernel.RefusedException;
import id.nadi.ledger.Taking.Insufficient;
import id.nadi.ledger.Taking.Taken;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.testing.Books;
import id.nadi.testing.IntegrationTest;
import id.nadi.testing.Shop;
import id.nadi.testing.Shop.Buyer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class LedgerTests {
    private static final Purpose DEPOSIT = Purpose.of(PostingKind.DEPOSIT, Ids.next());
    private static final Purpose ADJUSTMENT = new Purpose(PostingKind.ADJUSTMENT, Ids.next(), "by hand");
    private static final Purpose REVERSAL = Purpose.of(PostingKind.REVERSAL, Ids.next());

    @Autowired
    Ledger ledger;

    @Autowired
    Shop shop;

    @Autowired
    BooksAudit audit;

    private Shop.@org.jspecify.annotations.Nullable Open open;

    @BeforeEach
    void openAShop() {
        open = shop.open();
    }

    @AfterEach
    void booksAreRight() {
        Books.areRight(audit);
    }

    @Test
    void aCreditPaysWhatIsOwedFirst() {
        Buyer buyer = buyer(10_000);
        in(buyer, () -> ledger.reverse(id(buyer), bank(), Money.idr(25_000), REVERSAL));
        assertThat(wallet(buyer).owed()).isEqualTo(15_000);

        in(buyer, () -> ledger.credit(id(buyer), bank(), Money.idr(4_000), DEPOSIT));
        assertThat(wallet(buyer).posted()).isZero();
        assertThat(wallet(buyer).owed()).isEqualTo(11_000);

        Wallet after = in(buyer, () -> ledger.credit(id(buyer), bank(), Money.idr(20_000), DEPOSIT));
        assertThat(after.posted()).isEqualTo(9_000);
        assertThat(after.owed()).isZero();
        assertThat(wallet(buyer)).isEqualTo(after);
        assertThat(in(buyer, () -> ledger.balance(after.receivable()))).isZero();
    }

    @Test
    void aDebitTakesWhatIsAvailableAndNothingMore() {
        Buyer buyer = buyer(10_000);
        in(buyer, () -> {
            ledger.setTerms(id(buyer), Money.idr(1_000), Money.idr(50_000));
            return id(buyer);
        });
        assertThat(in(buyer, () -> ledger.debit(id(buyer), revenue(), Money.idr(9_001), ADJUSTMENT)))
                .isInstanceOf(Insufficient.class);
        assertThat(wallet(buyer).posted()).isEqualTo(10_000);
        assertThat(in(buyer, () -> ledger.debit(id(buyer), revenue(), Money.idr(9_000), ADJUSTMENT)))
                .isInstanceOf(Taken.class);
        assertThat(wallet(buyer).posted()).isEqualTo(1_000);
        assertThat(wallet(buyer).owed()).as("credit is for orders alone").isZero();
        assertThat(in(buyer, () -> ledger.balance(revenue()))).isEqualTo(9_000);
    }

    @Test
    void aReversalLeavesHoldsAloneAndBooksTheRestAsOwed() {
        Buyer buyer = buyer(10_000);
        in(
                buyer,
                () -> holds.place(
                        id(buyer), Money.idr(4_000), Ids.next(), Instant.now().plusSeconds(600)));
        Wallet after = in(buyer, () -> ledger.reverse(id(buyer), bank(), Money.idr(9_000), REVERSAL));
        assertThat(after.posted()).isEqualTo(4_000);
        assertThat(after.held()).isEqualTo(4_000);
        assertThat(after.owed()).isEqualTo(3_000);
        assertThat(in(buyer, () -> ledger.balance(after.receivable()))).isEqualTo(-3_000);
    }

    @Autowired
    Holds holds;

    @Test
    void aTransferStandsOnOnePostingWithBothSides() {
        Buyer giver = buyer(10_000);
        Buyer taker = buyer(500);
        assertThat(in(giver, () -> ledger.transfer(id(giver), id(taker), Money.idr(10_001), ADJUSTMENT)))
                .isInstanceOf(Insufficient.class);
        assertThat(in(giver, () -> ledger.transfer(id(giver), id(taker), Money.idr(7_000), ADJUSTMENT)))
                .isInstanceOf(Taken.class);
        StatementLine out = statement(giver).getFirst();
        StatementLine in = statement(taker).getFirst();
        assertThat(out.posting()).isEqualTo(in.posting());
        assertThat(out.direction()).isEqualTo(StatementLine.Direction.OUT);
        assertThat(List.of(out.before(), out.after(), in.before(), in.after()))
                .containsExactly(10_000L, 3_000L, 500L, 7_500L);
        refuses(
                ErrorCode.AMOUNT_INVALID,
                () -> in(giver, () -> ledger.transfer(id(giver), id(giver), Money.idr(1), ADJUSTMENT)));
    }

    @Test
    void transfersInACircleNeverDeadlockAndLoseNothing() throws Exception {
        List<Buyer> ring = List.of(buyer(50_000), buyer(50_000), buyer(50_000));
        List<Callable<Taking>> work = new ArrayList<>();
        for (int number = 0; number < 150; number++) {
            Buyer from = ring.get(number % 3);
            Buyer to = ring.get((number + 1 + number % 2) % 3);
            work.add(() -> in(from, () -> ledger.transfer(id(from), id(to), Money.idr(1_700), ADJUSTMENT)));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Taking> one : threads.invokeAll(work)) {
                assertThat(one.get()).isNotNull();
            }
        }
        assertThat(ring.stream().mapToLong(buyer -> wallet(buyer).posted()).sum())
                .isEqualTo(150_000);
    }

    @Test
    void aCorrectionTakesBackOnceWhatAPostingMoved() {
        Buyer buyer = buyer(10_000);
        in(buyer, () -> ledger.debit(id(buyer), revenue(), Money.idr(6_000), ADJUSTMENT));
        UUID posting = statement(buyer).getFirst().posting();
        assertThat(in(buyer, () -> ledger.correct(posting, correction()))).isInstanceOf(Taken.class);
        assertThat(wallet(buyer).posted()).isEqualTo(10_000);
        refuses(ErrorCode.STATE_CHANGED, () -> in(buyer, () -> ledger.correct(posting, correction())));
        refuses(ErrorCode.NOT_FOUND, () -> in(buyer, () -> ledger.correct(Ids.next(), correction())));
    }

    @Test
    void aCorrectionThatAWalletCannotBearDoesNothing() {
        Buyer buyer = buyer(10_000);
        UUID deposit = statement(buyer).getFirst().posting();
        in(buyer, () -> ledger.debit(id(buyer), revenue(), Money.idr(1), ADJUSTMENT));
        assertThat(in(buyer, () -> ledger.correct(deposit, correction()))).isInstanceOf(Insufficient.class);
        assertThat(wallet(buyer).posted()).isEqualTo(9_999);
    }

    @Test
    void aCorrectionOfWhatADepositPaidOffIsOwedAgain() {
        Buyer buyer = buyer(0);
        in(buyer, () -> ledger.reverse(id(buyer), bank(), Money.idr(5_000), REVERSAL));
        Purpose purpose = Purpose.of(PostingKind.DEPOSIT, Ids.next());
        in(buyer, () -> ledger.credit(id(buyer), bank(), Money.idr(5_000), purpose));
        UUID paid = posting(purpose.subject());

        assertThat(in(buyer, () -> ledger.correct(paid, correction()))).isInstanceOf(Taken.class);
        assertThat(wallet(buyer).owed()).isEqualTo(5_000);
        assertThat(wallet(buyer).posted()).isZero();
    }

    @Test
    void aDebtThatHasBeenPaidCannotBeTakenBack() {
        Buyer buyer = buyer(0);
        Purpose purpose = Purpose.of(PostingKind.REVERSAL, Ids.next());
        in(buyer, () -> ledger.reverse(id(buyer), bank(), Money.idr(5_000), purpose));
        in(buyer, () -> ledger.credit(id(buyer), bank(), Money.idr(5_000), DEPOSIT));
        assertThat(in(buyer, () -> ledger.correct(posting(purpose.subject()), correction())))
                .isInstanceOf(Insufficient.class);
        assertThat(wallet(buyer).owed()).isZero();
    }

    @Test
    void betweenAccountsOfTheHouseOnlyOneOfManyCorrectionsWins() throws Exception {
        Buyer buyer = buyer(0);
        UUID posting = in(buyer, () -> ledger.post(bank(), revenue(), Money.idr(300), ADJUSTMENT));
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int number = 0; number < 8; number++) {
            work.add(() -> {
                try {
                    return in(buyer, () -> ledger.correct(posting, correction())) instanceof Taken;
                } catch (RefusedException late) {
                    assertThat(late.refusal().code()).isEqualTo(ErrorCode.STATE_CHANGED);
                    return false;
                }
            });
        }
        int won = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> one : threads.invokeAll(work)) {
                won += one.get() ? 1 : 0;
            }
        }
        assertThat(won).isEqualTo(1);
        assertThat(in(buyer, () -> ledger.balance(revenue()))).isZero();
    }

    @Test
    void aStatementIsPagedWithoutGapsAndCutByTime() {
        Buyer buyer = buyer(1);
        for (int number = 2; number <= 7; number++) {
            long amount = number;
            in(buyer, () -> ledger.credit(id(buyer), bank(), Money.idr(amount), DEPOSIT));
        }
        Instant middle = Instant.now();
        for (int number = 8; number <= 12; number++) {
            long amount = number;
            in(buyer, () -> ledger.credit(id(buyer), bank(), Money.idr(amount), DEPOSIT));
        }
        List<Long> amounts = new ArrayList<>();
        String cursor = null;
        int pages = 0;
        do {
            String from = cursor;
            Page<StatementLine> page = in(buyer, () -> ledger.statement(id(buyer), null, null, 5, from));
            page.items().forEach(line -> amounts.add(line.amount()));
            cursor = page.nextCursor();
            pages++;
        } while (cursor != null);
        assertThat(pages).isEqualTo(3);
        assertThat(amounts).containsExactly(12L, 11L, 10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
        assertThat(in(buyer, () -> ledger.statement(id(buyer), middle, null, 100, null))
                        .items())
                .extracting(StatementLine::amount)
                .containsExactly(12L, 11L, 10L, 9L, 8L);
        assertThat(in(buyer, () -> ledger.statement(id(buyer), null, middle, 100, null))
                        .items())
                .extracting(StatementLine::amount)
                .containsExactly(7L, 6L, 5L, 4L, 3L, 2L, 1L);
        assertThat(statement(buyer))
                .allSatisfy(line -> assertThat(line.after()).isEqualTo(line.before() + line.amount()));
    }

    @Test
    void refusesWhatIsNoMoney() {
        Buyer buyer = buyer(100);
        for (long amount : new long[] {0, -1, Long.MIN_VALUE}) {
            Money money = Money.idr(amount);
            refuses(ErrorCode.AMOUNT_INVALID, () -> in(buyer, () -> ledger.credit(id(buyer), bank(), money, DEPOSIT)));
            refuses(ErrorCode.AMOUNT_INVALID, () -> in(buyer, () -> ledger.debit(id(buyer), bank(), money, DEPOSIT)));
            refuses(ErrorCode.AMOUNT_INVALID, () -> in(buyer, () -> ledger.reverse(id(buyer), bank(), money, DEPOSIT)));
        }
        Money dollar = new Money(100, Currency.USD);
        refuses(ErrorCode.AMOUNT_INVALID, () -> in(buyer, () -> ledger.credit(id(buyer), bank(), dollar, DEPOSIT)));
        WalletId nobody = new WalletId(Ids.next());
        refuses(ErrorCode.WALLET_MISSING, () -> in(buyer, () -> ledger.wallet(nobody)));
        assertThatThrownBy(() -> in(buyer, () -> ledger.credit(id(buyer), bank(), Money.idr(Long.MAX_VALUE), DEPOSIT)))
                .hasStackTraceContaining("overflow");
        assertThat(wallet(buyer).posted()).isEqualTo(100);
    }

    private Buyer buyer(long balance) {
        return shop.buyer(java.util.Objects.requireNonNull(open), balance);
    }

    private static WalletId id(Buyer buyer) {
        return buyer.wallet().id();
    }

    private AccountId bank() {
        return ledger.account(AccountKind.BANK, Currency.IDR);
    }

    private AccountId revenue() {
        return ledger.account(AccountKind.REVENUE, Currency.IDR);
    }

    private static Purpose correction() {
        return Purpose.of(PostingKind.CORRECTION, Ids.next());
    }

    private Wallet wallet(Buyer buyer) {
        return in(buyer, () -> ledger.wallet(id(buyer)));
    }

    private List<StatementLine> statement(Buyer buyer) {
        return in(buyer, () -> ledger.statement(id(buyer), null, null, 100, null))
                .items();
    }

    private static UUID posting(UUID subject) {
        return id.nadi.testing.Sql.superuser()
                .sql("SELECT id FROM posting WHERE subject_id = ?")
                .param(subject)
                .query((row, number) -> row.getObject(1, UUID.class))
                .single();
    }

    private static <T> T in(Buyer buyer, Supplier<T> work) {
        return CurrentTenant.call(buyer.tenant().id(), work::get);
    }

    private static void refuses(ErrorCode code, ThrowingCallable work) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(code));
    }
}
