package id.nadi.sandbox.digiflazz;

import org.jspecify.annotations.Nullable;

/**
 * What a call is answered.
 *
 * @param rc the code it came to, which the body may hide
 * @param counted whether the book has an entry that counts this call already
 * @param holdMs how long the answer is kept back
 */
record Reply(int httpStatus, @Nullable ResponseCode rc, Object body, boolean counted, long holdMs) {

    private record Envelope(Object data) {}

    private record Refused(String rc, String message, Status status) {}

    static Reply ok(Object data) {
        return new Reply(200, ResponseCode.OK, new Envelope(data), false, 0);
    }

    /** An answer that is not wrapped, as the published one to pings. */
    static Reply bare(Object body) {
        return new Reply(200, ResponseCode.OK, body, false, 0);
    }

    static Reply refused(ResponseCode rc) {
        return refused(rc.httpStatus(), rc);
    }

    static Reply refused(int httpStatus, ResponseCode rc) {
        return new Reply(httpStatus, rc, new Envelope(new Refused(rc.code(), rc.message(), rc.status())), false, 0);
    }

    static Reply refused(ResponseCode rc, Object data) {
        return new Reply(rc.httpStatus(), rc, new Envelope(data), false, 0);
    }

    /** An answer about a reference, for which the book has an entry. */
    static Reply about(ResponseCode rc, TransactionData data) {
        return new Reply(rc.httpStatus(), rc, new Envelope(data), true, 0);
    }

    Reply heldFor(long ms) {
        return new Reply(httpStatus, rc, body, counted, ms);
    }
}
