package id.nadi.sandbox.digiflazz;

import org.jspecify.annotations.Nullable;

/**
 * What a purchase is going to come to.
 *
 * @param now the code it is answered with
 * @param later the code it is settled with; null if it is final at once
 * @param settleAfterMs how long until then
 * @param holdAnswerMs how long its answer is kept back
 */
record Plan(ResponseCode now, @Nullable ResponseCode later, long settleAfterMs, long holdAnswerMs) {
    static Plan atOnce(ResponseCode code) {
        return new Plan(code, null, 0, 0);
    }

    static Plan pending(ResponseCode later, long settleAfterMs) {
        return new Plan(ResponseCode.TRANSACTION_PENDING, later, settleAfterMs, 0);
    }

    Plan holding(long answerMs) {
        return new Plan(now, later, settleAfterMs, answerMs);
    }

    Plan waitingAs(ResponseCode code) {
        return new Plan(code, later, settleAfterMs, holdAnswerMs);
    }
}
