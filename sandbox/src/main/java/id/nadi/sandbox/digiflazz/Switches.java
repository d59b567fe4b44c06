package id.nadi.sandbox.digiflazz;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be made to go wrong.
 *
 * @param mode what becomes of every answer
 * @param buyBeforeFault whether DOWN, HANG, HTTP_500 and GARBAGE strike after the call was carried out
 * @param timeoutMs how late answers come that are made to time out
 * @param failureRate share of purchases that fail at once, 0 to 1
 * @param failRc the code of purchases that fail; one that creates no transaction makes them refusals
 * @param pendingRate share of purchases that are pending first, 0 to 1
 * @param pendingDelayMs how long they stay pending, published test numbers included
 * @param pendingFailureRate share of pending purchases that fail in the end, 0 to 1
 * @param unknownRc shown instead of the true code in answers about transactions; null for the true code
 * @param callbackDuplicates how often each callback is sent
 * @param callbackRetryMs the wait before the second try of a callback that was not accepted; doubles each time
 * @param contradictLater whether each callback, once accepted, is followed by one that says the opposite
 * @param minRepollMs how long the same reference may not be asked about again
 * @param priceListIntervalMs how long the whole price list may not be asked for again
 * @param seed makes the draws; the same seed, account and reference draw the same fate
 */
public record Switches(
        int latencyMs,
        int latencyJitterMs,
        Mode mode,
        boolean buyBeforeFault,
        long timeoutMs,
        double failureRate,
        ResponseCode failRc,
        double pendingRate,
        long pendingDelayMs,
        double pendingFailureRate,
        @Nullable String unknownRc,
        boolean callbackEnabled,
        int callbackDuplicates,
        long callbackDelayMs,
        long callbackRetryMs,
        boolean contradictLater,
        long minRepollMs,
        long priceListIntervalMs,
        long seed) {
    private static final long WAIT_MS_MAX = Duration.ofDays(1).toMillis();
    private static final int DUPLICATES_MAX = 100;

    public Switches {
        requireWait("latencyMs", latencyMs);
        requireWait("latencyJitterMs", latencyJitterMs);
        requireWait("timeoutMs", timeoutMs);
        requireWait("pendingDelayMs", pendingDelayMs);
        requireWait("callbackDelayMs", callbackDelayMs);
        requireWait("callbackRetryMs", callbackRetryMs);
        requireWait("minRepollMs", minRepollMs);
        requireWait("priceListIntervalMs", priceListIntervalMs);
        requireShare("failureRate", failureRate);
        requireShare("pendingRate", pendingRate);
        requireShare("pendingFailureRate", pendingFailureRate);
        require(callbackDuplicates >= 1 && callbackDuplicates <= DUPLICATES_MAX, "callbackDuplicates is 1 to 100");
        require(failRc.status() == Status.FAILED, "failRc must be a code whose status is Gagal");
        require(
                unknownRc == null || (!unknownRc.isEmpty() && ResponseCode.find(unknownRc) == null),
                "unknownRc must not be a published code");
    }

    static Switches defaults(Duration minRepoll, Duration priceListInterval) {
        return new Switches(
                0,
                0,
                Mode.NORMAL,
                false,
                60_000,
                0,
                ResponseCode.TRANSACTION_FAILED,
                0,
                2_000,
                0,
                null,
                true,
                1,
                0,
                1_000,
                false,
                minRepoll.toMillis(),
                priceListInterval.toMillis(),
                1);
    }

    private static void requireWait(String name, long ms) {
        require(ms >= 0 && ms <= WAIT_MS_MAX, name + " is 0 to " + WAIT_MS_MAX);
    }

    private static void requireShare(String name, double share) {
        require(share >= 0 && share <= 1, name + " is 0 to 1");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
