package id.nadi.sandbox.digiflazz;

import org.jspecify.annotations.Nullable;

/** Takes scripts from the book, using them up as they go. */
final class Scripts {
    private final Book book;

    Scripts(Book book) {
        this.book = book;
    }

    /** The script a call of that stage follows, or null. */
    @Nullable
    Script take(String customerNo, Script.Stage stage) {
        synchronized (book) {
            Script script = book.script(customerNo);
            return script != null && script.isFor(stage) && script.fault() == null ? used(customerNo, script) : null;
        }
    }

    /** How a script breaks any call about the destination, or null. */
    @Nullable
    Mode takeFault(@Nullable String customerNo) {
        if (customerNo == null) {
            return null;
        }
        synchronized (book) {
            Script script = book.script(customerNo);
            return script == null || script.fault() == null
                    ? null
                    : used(customerNo, script).fault();
        }
    }

    private Script used(String customerNo, Script script) {
        if (script.times() != null) {
            book.record(new Entry.ScriptKept(customerNo, script.used()));
        }
        return script;
    }
}
