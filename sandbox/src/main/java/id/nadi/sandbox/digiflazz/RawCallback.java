package id.nadi.sandbox.digiflazz;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A callback sent by hand, once and at once, true or not. The book stays as it is.
 *
 * @param refId may be unknown; what is known about it fills the message
 * @param status Sukses, Pending or Gagal; null for what belongs to the code
 * @param rc any text; null for what belongs to the status
 * @param signature good, bad or none; null for good
 * @param event create or update; null for update
 * @param url where to; null for where the transaction's callbacks go
 * @param body sent as it is, instead of a message made from the other fields
 */
public record RawCallback(
        String username,
        @JsonProperty("ref_id") @Nullable String refId,
        @Nullable String status,
        @Nullable String rc,
        @Nullable String sn,
        @Nullable Signature signature,
        @Nullable String event,
        @Nullable String url,
        @Nullable String body) {

    public enum Signature {
        @JsonProperty("good")
        GOOD,
        @JsonProperty("bad")
        BAD,
        @JsonProperty("none")
        NONE
    }

    public RawCallback {
        if (username == null) {
            throw new IllegalArgumentException("username is missing");
        }
        if (body == null && refId == null) {
            throw new IllegalArgumentException("either ref_id or body has to be there");
        }
    }

    public static RawCallback about(String username, String refId) {
        return new RawCallback(username, refId, null, null, null, null, null, null, null);
    }

    public RawCallback rc(String code) {
        return new RawCallback(username, refId, status, code, sn, signature, event, url, body);
    }

    public RawCallback status(String word) {
        return new RawCallback(username, refId, word, rc, sn, signature, event, url, body);
    }

    public RawCallback sn(String serialNumber) {
        return new RawCallback(username, refId, status, rc, serialNumber, signature, event, url, body);
    }

    public RawCallback signature(Signature kind) {
        return new RawCallback(username, refId, status, rc, sn, kind, event, url, body);
    }

    public RawCallback body(String raw) {
        return new RawCallback(username, refId, status, rc, sn, signature, event, url, raw);
    }
}
