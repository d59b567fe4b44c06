package id.nadi.sandbox.digiflazz;

import static id.nadi.sandbox.digiflazz.ResponseCode.OK;
import static id.nadi.sandbox.digiflazz.ResponseCode.TRANSACTION_FAILED;
import static id.nadi.sandbox.digiflazz.ResponseCode.TRANSACTION_PENDING;

import id.nadi.sandbox.digiflazz.TestNumbers.TestNumber;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Decides what purchases come to: by the script of their destination, else as published, else by a draw. */
final class Fate {
    private Fate() {}

    static Plan of(Script script, Switches switches) {
        ResponseCode failure = script.rc() == null ? switches.failRc() : script.rc();
        ResponseCode wait = script.rc() == null ? TRANSACTION_PENDING : script.rc();
        long settle = script.delayMs() == null ? switches.pendingDelayMs() : script.delayMs();
        long late = script.delayMs() == null ? switches.timeoutMs() : script.delayMs();
        long delay = script.delayMs() == null ? 0 : script.delayMs();
        return switch (script.outcome()) {
            case SUCCESS, GARBAGE, DOWN -> Plan.atOnce(OK).holding(delay);
            case FAIL -> Plan.atOnce(failure).holding(delay);
            case PENDING_SUCCESS -> Plan.pending(OK, settle).waitingAs(wait);
            case PENDING_FAIL -> Plan.pending(lasting(failure), settle);
            case TIMEOUT_SUCCESS -> Plan.atOnce(OK).holding(late);
            case TIMEOUT_FAIL -> Plan.atOnce(failure).holding(late);
            case TIMEOUT_PENDING_SUCCESS ->
                Plan.pending(OK, settle).waitingAs(wait).holding(switches.timeoutMs());
        };
    }

    static Plan of(TestNumber number, Switches switches) {
        return switch (number.ending()) {
            case SUCCESS -> Plan.atOnce(OK);
            case FAIL, INQUIRY_FAIL -> Plan.atOnce(TRANSACTION_FAILED);
            case PENDING_SUCCESS -> Plan.pending(OK, switches.pendingDelayMs());
            case PENDING_FAIL -> Plan.pending(TRANSACTION_FAILED, switches.pendingDelayMs());
        };
    }

    /** Drawn from the seed, the account and the reference alone: in any order, in any process, the same. */
    static Plan drawn(String username, String refId, Switches switches) {
        SplittableRandom draws = new SplittableRandom(switches.seed() ^ Fingerprint.of(username, refId));
        if (draws.nextDouble() < switches.pendingRate()) {
            boolean fails = draws.nextDouble() < switches.pendingFailureRate();
            return Plan.pending(fails ? lasting(switches.failRc()) : OK, switches.pendingDelayMs());
        }
        return Plan.atOnce(draws.nextDouble() < switches.failureRate() ? switches.failRc() : OK);
    }

    /** A transaction that exists already cannot end with a code that says there is none. */
    private static ResponseCode lasting(ResponseCode failure) {
        return failure.createsTransaction() ? failure : TRANSACTION_FAILED;
    }

    /** The code with which an inquiry fails, or null if it shall not. */
    static @Nullable ResponseCode ofInquiry(Script script, Switches switches) {
        return script.outcome() == Script.Outcome.FAIL ? (script.rc() == null ? switches.failRc() : script.rc()) : null;
    }
}
