package id.nadi.identity;

import id.nadi.kernel.MemberId;

/** A tenant's customer. */
public record Member(MemberId id, String code, String name, String email, State state) {

    /** Whether they may act; the number is what the database keeps. */
    public enum State {
        ACTIVE,
        SUSPENDED,
        CLOSED
    }
}
