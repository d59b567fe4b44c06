package id.nadi.sandbox.digiflazz;

import org.jspecify.annotations.Nullable;

/** Answers of {@code /transaction}. The caller holds the book. */
final class Replies {
    private final Book book;

    Replies(Book book) {
        this.book = book;
    }

    /** The call left no trace in the book. */
    Reply refused(Account account, TransactionOrder order, ResponseCode rc, @Nullable Long price) {
        return refused(account, order, rc, rc.message(), price);
    }

    Reply refused(Account account, TransactionOrder order, ResponseCode rc, String message, @Nullable Long price) {
        return Reply.refused(rc, TransactionData.refused(order, rc, message, account.balance(), price));
    }

    /** The ref_id stands for something else; the answer shows what was asked, not what is there. */
    Reply notUnique(Reference known, TransactionOrder order) {
        ResponseCode rc = ResponseCode.REFERENCE_NOT_UNIQUE;
        book.record(new Entry.Asked(book.now(), known.number(), rc));
        TransactionData data =
                TransactionData.refused(order, rc, rc.message(), known.account().balance(), null);
        return Reply.about(rc, data);
    }

    /** A call about a known reference is answered with what became of it. */
    Reply asked(Reference known, Switches switches) {
        book.record(new Entry.Asked(book.now(), known.number(), known.rc()));
        return current(known, switches);
    }

    /** A call about a known reference is answered with something else than what became of it. */
    Reply asked(Reference known, ResponseCode rc, String message) {
        book.record(new Entry.Asked(book.now(), known.number(), rc));
        return Reply.about(
                rc, TransactionData.of(known, rc, null, book.catalogue()).withMessage(message));
    }

    /** What became of a reference; the entry that counts the call is written already. */
    Reply current(Reference reference, Switches switches) {
        TransactionData data = TransactionData.of(reference, reference.rc(), reference.sn(), book.catalogue());
        String disguise = switches.unknownRc();
        return Reply.about(reference.rc(), disguise == null ? data : data.withCode(disguise));
    }
}
