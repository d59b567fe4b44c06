package id.nadi.sandbox.digiflazz;

import static id.nadi.sandbox.digiflazz.ResponseCode.AMOUNT_INVALID;
import static id.nadi.sandbox.digiflazz.ResponseCode.BALANCE_TOO_LOW;
import static id.nadi.sandbox.digiflazz.ResponseCode.EMONEY_MULTIPLE;
import static id.nadi.sandbox.digiflazz.ResponseCode.NOT_FOUND;
import static id.nadi.sandbox.digiflazz.ResponseCode.NUMBER_BLOCKED;
import static id.nadi.sandbox.digiflazz.ResponseCode.OK;
import static id.nadi.sandbox.digiflazz.ResponseCode.PRICE_ABOVE_LIMIT;
import static id.nadi.sandbox.digiflazz.ResponseCode.SKU_UNKNOWN;

import id.nadi.sandbox.digiflazz.PostpaidProduct.Kind;
import id.nadi.sandbox.digiflazz.Reference.BillReference;
import id.nadi.sandbox.digiflazz.TestNumbers.TestNumber;
import id.nadi.sandbox.switches.SwitchBoard;
import org.jspecify.annotations.Nullable;

/** Bills: looked up under a ref_id, paid under the same one on the same day. */
final class BillPayments {
    private static final String NO_DATA_YET = "Data belum ada";
    private static final long EMONEY_STEP = 1_000;
    private static final long EMONEY_TEST_AMOUNT = 50_000;

    private final Book book;
    private final SwitchBoard<Switches> board;
    private final Scripts scripts;
    private final TestNumbers testNumbers;
    private final Replies replies;
    private final Settlements settlements;

    BillPayments(
            Book book,
            SwitchBoard<Switches> board,
            Scripts scripts,
            TestNumbers testNumbers,
            Replies replies,
            Settlements settlements) {
        this.book = book;
        this.board = board;
        this.scripts = scripts;
        this.testNumbers = testNumbers;
        this.replies = replies;
        this.settlements = settlements;
    }

    Reply inquire(Account account, TransactionOrder order) {
        Switches switches = board.effective(account.username());
        synchronized (book) {
            Reference known = account.reference(order.refId());
            if (known != null) {
                return repeat(known, order, switches);
            }
            PostpaidProduct product = book.catalogue().postpaid(order.sku());
            ResponseCode refusal = refusal(order, product);
            return product == null || refusal != null
                    ? replies.refused(account, order, refusal == null ? SKU_UNKNOWN : refusal, null)
                    : lookUp(account, order, product, switches);
        }
    }

    private static @Nullable ResponseCode refusal(TransactionOrder order, @Nullable PostpaidProduct product) {
        if (product == null || !product.active()) {
            return SKU_UNKNOWN;
        }
        boolean uneven = order.amount() != null && order.amount() % EMONEY_STEP != 0;
        return product.kind() == Kind.EMONEY && uneven ? EMONEY_MULTIPLE : null;
    }

    private Reply lookUp(Account account, TransactionOrder order, PostpaidProduct product, Switches switches) {
        TestNumber published = order.testing() ? testNumbers.find(order.sku(), order.customerNo()) : null;
        ResponseCode failure = inquiryFailure(order, product, published, switches);
        if (failure != null && !failure.createsTransaction()) {
            return replies.refused(account, order, failure, null);
        }
        long now = book.now();
        int number = book.nextNumber();
        book.record(new Entry.Inquired(
                now,
                number,
                account.username(),
                order.refId(),
                order.sku(),
                order.customerNo(),
                order.testing(),
                order.callbackUrl(),
                failure == null ? OK : failure,
                failure == null ? bill(order, product, published, now) : null));
        return replies.current(book.references().get(number), switches);
    }

    private @Nullable ResponseCode inquiryFailure(
            TransactionOrder order, PostpaidProduct product, @Nullable TestNumber published, Switches switches) {
        if (published != null && published.ending() == TestNumbers.Ending.INQUIRY_FAIL) {
            return ResponseCode.TRANSACTION_FAILED;
        }
        if (book.isBlocked(order.customerNo())) {
            return NUMBER_BLOCKED;
        }
        if (product.kind() == Kind.EMONEY && amount(order) <= 0) {
            return AMOUNT_INVALID;
        }
        Script script = scripts.take(order.customerNo(), Script.Stage.INQUIRY);
        return script == null ? null : Fate.ofInquiry(script, switches);
    }

    private static Bill bill(
            TransactionOrder order, PostpaidProduct product, @Nullable TestNumber published, long now) {
        int sheets = published == null ? 0 : published.bills();
        Bills.Question question =
                new Bills.Question(order.customerNo(), sheets, order.year(), Math.max(0, amount(order)));
        return Bills.of(product, question, Wib.at(now).toLocalDate());
    }

    private static long amount(TransactionOrder order) {
        if (order.amount() != null) {
            return order.amount();
        }
        return order.testing() ? EMONEY_TEST_AMOUNT : 0;
    }

    Reply pay(Account account, TransactionOrder order) {
        Switches switches = board.effective(account.username());
        synchronized (book) {
            return switch (account.reference(order.refId())) {
                case BillReference bill
                when bill.bill() != null && !bill.paid() && isAbout(bill, order) ->
                    payToday(bill, bill.bill(), order, switches);
                case null -> replies.refused(account, order, NOT_FOUND, null);
                case Reference known -> repeat(known, order, switches);
            };
        }
    }

    private Reply payToday(BillReference reference, Bill bill, TransactionOrder order, Switches switches) {
        long now = book.now();
        if (Wib.day(reference.createdAt()) != Wib.day(now)) {
            return noData(reference);
        }
        ResponseCode refusal = paymentRefusal(reference, bill, order);
        if (refusal != null) {
            return replies.asked(reference, refusal, refusal.message());
        }
        Plan plan = plan(reference, switches);
        if (!plan.now().createsTransaction()) {
            return replies.asked(reference, plan.now(), plan.now().message()).heldFor(plan.holdAnswerMs());
        }
        return paid(reference, order, plan, now, switches);
    }

    private @Nullable ResponseCode paymentRefusal(BillReference reference, Bill bill, TransactionOrder order) {
        PostpaidProduct product = book.catalogue().postpaid(reference.sku());
        if (product == null || !product.active()) {
            return SKU_UNKNOWN;
        }
        if (order.maxPrice() != null && bill.price() > order.maxPrice()) {
            return PRICE_ABOVE_LIMIT;
        }
        boolean unaffordable = reference.account().balance() < bill.price();
        return unaffordable && !reference.testing() ? BALANCE_TOO_LOW : null;
    }

    private Plan plan(BillReference reference, Switches switches) {
        Script script = scripts.take(reference.customerNo(), Script.Stage.PURCHASE);
        if (script != null) {
            return Fate.of(script, switches);
        }
        TestNumber published = reference.testing() ? testNumbers.find(reference.sku(), reference.customerNo()) : null;
        return published == null
                ? Fate.drawn(reference.account().username(), reference.refId(), switches)
                : Fate.of(published, switches);
    }

    private Reply paid(BillReference reference, TransactionOrder order, Plan plan, long now, Switches switches) {
        String receipt =
                plan.now() == OK ? SerialNumbers.receipt(reference.refId(), reference.customerNo(), now) : null;
        book.record(new Entry.Paid(
                now,
                reference.number(),
                order.callbackUrl(),
                plan.now(),
                receipt,
                plan.later(),
                plan.later() == null ? 0 : now + plan.settleAfterMs()));
        settlements.schedule(reference);
        return replies.current(reference, switches).heldFor(plan.holdAnswerMs());
    }

    /** Tells about payments alone: the success of an inquiry must not be taken for the success of a payment. */
    Reply status(Account account, TransactionOrder order) {
        Switches switches = board.effective(account.username());
        synchronized (book) {
            return switch (account.reference(order.refId())) {
                case null -> replies.refused(account, order, NOT_FOUND, NO_DATA_YET, null);
                case BillReference bill when isAbout(bill, order) && !bill.paid() -> noData(bill);
                case Reference known -> repeat(known, order, switches);
            };
        }
    }

    private Reply repeat(Reference known, TransactionOrder order, Switches switches) {
        if (!isAbout(known, order)) {
            return replies.notUnique(known, order);
        }
        boolean forgotten = book.now() - known.createdAt() > TopUps.FORGOTTEN_AFTER_MS;
        return forgotten ? noData(known) : replies.asked(known, switches);
    }

    private static boolean isAbout(Reference known, TransactionOrder order) {
        return known instanceof BillReference && known.isAbout(order.sku(), order.customerNo());
    }

    private Reply noData(Reference known) {
        return replies.asked(known, NOT_FOUND, NO_DATA_YET);
    }
}
