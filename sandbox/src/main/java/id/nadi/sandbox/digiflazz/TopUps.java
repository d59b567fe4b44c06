package id.nadi.sandbox.digiflazz;

import static id.nadi.sandbox.digiflazz.ResponseCode.TRANSACTION_LIMIT;

import id.nadi.sandbox.digiflazz.Reference.Purchase;
import id.nadi.sandbox.digiflazz.TestNumbers.TestNumber;
import id.nadi.sandbox.switches.SwitchBoard;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Prepaid purchases, which are also the status check of prepaid purchases: a ref_id that is known is answered with
 * what became of it, and nothing is bought.
 */
final class TopUps {
    /** After this long a ref_id is forgotten, and asking about it buys again. */
    static final long FORGOTTEN_AFTER_MS = Duration.ofDays(90).toMillis();

    private final Book book;
    private final SwitchBoard<Switches> board;
    private final Scripts scripts;
    private final TestNumbers testNumbers;
    private final Admission admission;
    private final Replies replies;
    private final Settlements settlements;

    TopUps(
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
        this.admission = new Admission(book);
        this.replies = replies;
        this.settlements = settlements;
    }

    Reply answer(Account account, TransactionOrder order) {
        Switches switches = board.effective(account.username());
        synchronized (book) {
            long now = book.now();
            return switch (account.reference(order.refId())) {
                case null -> buy(account, order, switches, now);
                case Purchase known
                when now - known.createdAt() > FORGOTTEN_AFTER_MS -> buy(account, order, switches, now);
                case Reference known -> repeat(known, order, switches, now);
            };
        }
    }

    private Reply repeat(Reference known, TransactionOrder order, Switches switches, long now) {
        if (!(known instanceof Purchase && known.isAbout(order.sku(), order.customerNo()))) {
            return replies.notUnique(known, order);
        }
        if (now - known.lastAskedAt() < switches.minRepollMs()) {
            return replies.asked(known, TRANSACTION_LIMIT, TRANSACTION_LIMIT.message());
        }
        return replies.asked(known, switches);
    }

    private Reply buy(Account account, TransactionOrder order, Switches switches, long now) {
        PrepaidProduct product = book.catalogue().prepaid(order.sku());
        ResponseCode refusal = admission.refusal(account, order, product, now);
        if (product == null || refusal != null) {
            ResponseCode rc = refusal == null ? ResponseCode.SKU_UNKNOWN : refusal;
            return replies.refused(account, order, rc, product == null ? null : product.price());
        }
        Plan plan = plan(account, order, product, switches, now);
        if (!plan.now().createsTransaction()) {
            return replies.refused(account, order, plan.now(), product.price()).heldFor(plan.holdAnswerMs());
        }
        return bought(account, order, product, plan, now, switches);
    }

    private Plan plan(Account account, TransactionOrder order, PrepaidProduct product, Switches switches, long now) {
        TestNumber published = order.testing() ? testNumbers.find(order.sku(), order.customerNo()) : null;
        ResponseCode failure = published == null ? admission.failure(order, product, now) : null;
        if (failure != null) {
            return Plan.atOnce(failure);
        }
        Script script = scripts.take(order.customerNo(), Script.Stage.PURCHASE);
        if (script != null) {
            return Fate.of(script, switches);
        }
        return published == null
                ? Fate.drawn(account.username(), order.refId(), switches)
                : Fate.of(published, switches);
    }

    private Reply bought(
            Account account, TransactionOrder order, PrepaidProduct product, Plan plan, long now, Switches switches) {
        int number = book.nextNumber();
        book.record(new Entry.Bought(
                now,
                number,
                account.username(),
                order.refId(),
                order.sku(),
                order.customerNo(),
                product.price(),
                order.testing(),
                order.callbackUrl(),
                plan.now(),
                serialNumber(plan.now(), product, order, now),
                plan.later(),
                plan.later() == null ? 0 : now + plan.settleAfterMs()));
        Reference reference = book.references().get(number);
        settlements.schedule(reference);
        return replies.current(reference, switches).heldFor(plan.holdAnswerMs());
    }

    private static @Nullable String serialNumber(
            ResponseCode rc, PrepaidProduct product, TransactionOrder order, long now) {
        return rc == ResponseCode.OK ? SerialNumbers.prepaid(product, order.customerNo(), order.refId(), now) : null;
    }
}
