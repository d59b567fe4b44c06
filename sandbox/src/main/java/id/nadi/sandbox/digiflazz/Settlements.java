package id.nadi.sandbox.digiflazz;

import id.nadi.sandbox.common.Agenda;
import id.nadi.sandbox.digiflazz.Book.Unsettled;
import id.nadi.sandbox.switches.SwitchBoard;

/** Makes pending references final when their time has come, and has the buyer told. */
final class Settlements {
    private final Book book;
    private final Agenda agenda;
    private final SwitchBoard<Switches> board;
    private final Callbacks callbacks;

    Settlements(Book book, Agenda agenda, SwitchBoard<Switches> board, Callbacks callbacks) {
        this.book = book;
        this.agenda = agenda;
        this.board = board;
        this.callbacks = callbacks;
    }

    /** Takes up what was pending when an earlier process ended. */
    void resume() {
        synchronized (book) {
            book.unsettled().forEach(unsettled -> schedule(unsettled.reference()));
        }
    }

    /** Puts a reference on the agenda if it is pending. The caller holds the book. */
    void schedule(Reference reference) {
        Unsettled unsettled = book.unsettled(reference);
        if (unsettled != null) {
            agenda.at(unsettled.at(), () -> settle(reference));
        }
    }

    private void settle(Reference reference) {
        synchronized (book) {
            Unsettled unsettled = book.unsettled(reference);
            if (unsettled == null) {
                return;
            }
            long now = book.now();
            String sn = unsettled.rc() == ResponseCode.OK ? SerialNumbers.of(reference, book.catalogue(), now) : null;
            book.record(new Entry.Settled(now, reference.number(), unsettled.rc(), sn));
            callbacks.plan(reference, board.effective(reference.account().username()));
        }
    }
}
