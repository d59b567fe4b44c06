package id.nadi.sandbox.digiflazz;

import org.jspecify.annotations.Nullable;

/**
 * What shall happen to one destination, whatever the switches say.
 *
 * @param rc the code of a failure (FAIL, PENDING_FAIL, TIMEOUT_FAIL) or of a wait (PENDING_SUCCESS,
 *     TIMEOUT_PENDING_SUCCESS: 03 or 99); null for the usual one
 * @param delayMs until the final state for outcomes that are pending, until the answer for all others; null for the
 *     account's switch, or at once where there is none
 * @param times how many calls follow the script before it is used up; null for all
 * @param on which calls follow it; null for purchases
 */
public record Script(
        Outcome outcome,
        @Nullable ResponseCode rc,
        @Nullable Long delayMs,
        @Nullable Integer times,
        @Nullable Stage on) {

    public enum Outcome {
        SUCCESS,
        FAIL,
        PENDING_SUCCESS,
        PENDING_FAIL,
        TIMEOUT_SUCCESS,
        TIMEOUT_FAIL,
        TIMEOUT_PENDING_SUCCESS,
        /** Any call about the destination is answered by a page; nothing is carried out. */
        GARBAGE,
        /** Any call about the destination meets a closed connection; nothing is carried out. */
        DOWN;

        private boolean fails() {
            return this == FAIL || this == PENDING_FAIL || this == TIMEOUT_FAIL;
        }

        private boolean waits() {
            return this == PENDING_SUCCESS || this == TIMEOUT_PENDING_SUCCESS;
        }

        private boolean leavesATransaction() {
            return this == PENDING_FAIL;
        }
    }

    public enum Stage {
        /** Prepaid purchases and payments of bills. */
        PURCHASE,
        /** Inquiries for bills and checks of PLN numbers. */
        INQUIRY
    }

    public Script {
        if (outcome == null) {
            throw new IllegalArgumentException("outcome is missing");
        }
        if (delayMs != null && delayMs < 0) {
            throw new IllegalArgumentException("delayMs is at least 0");
        }
        if (times != null && times < 1) {
            throw new IllegalArgumentException("times is at least 1");
        }
        if (on == Stage.INQUIRY && outcome != Outcome.SUCCESS && outcome != Outcome.FAIL) {
            throw new IllegalArgumentException("an inquiry can only be scripted to SUCCESS or FAIL");
        }
        if (rc != null) {
            checkCode(outcome, rc);
        }
    }

    private static void checkCode(Outcome outcome, ResponseCode rc) {
        boolean fits = switch (rc.status()) {
            case SUCCESS -> false;
            case PENDING -> outcome.waits();
            case FAILED -> outcome.fails() && (rc.createsTransaction() || !outcome.leavesATransaction());
        };
        if (!fits) {
            throw new IllegalArgumentException("rc " + rc.code() + " does not fit the outcome " + outcome);
        }
    }

    public static Script of(Outcome outcome) {
        return new Script(outcome, null, null, null, null);
    }

    public Script rc(String code) {
        return new Script(outcome, ResponseCode.of(code), delayMs, times, on);
    }

    public Script delayMs(long ms) {
        return new Script(outcome, rc, ms, times, on);
    }

    public Script times(int calls) {
        return new Script(outcome, rc, delayMs, calls, on);
    }

    public Script on(Stage stage) {
        return new Script(outcome, rc, delayMs, times, stage);
    }

    boolean isFor(Stage stage) {
        return stage == (on == null ? Stage.PURCHASE : on);
    }

    /** How the script breaks every call about its destination; null if it lets them through. */
    @Nullable
    Mode fault() {
        return switch (outcome) {
            case GARBAGE -> Mode.GARBAGE;
            case DOWN -> Mode.DOWN;
            case SUCCESS, FAIL, PENDING_SUCCESS, PENDING_FAIL, TIMEOUT_SUCCESS, TIMEOUT_FAIL, TIMEOUT_PENDING_SUCCESS ->
                null;
        };
    }

    /** What remains of it after one use; null if that was the last. */
    @Nullable
    Script used() {
        if (times == null) {
            return this;
        }
        return times == 1 ? null : times(times - 1);
    }
}
