package id.nadi.audit;

import id.nadi.kernel.MemberId;
import id.nadi.kernel.StaffId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who acts, and from which address. */
public record Actor(Kind kind, @Nullable UUID id, @Nullable String address) {

    /** The system acts by itself; an operator runs the installation and belongs to no tenant. */
    public enum Kind {
        STAFF,
        MEMBER,
        SYSTEM,
        OPERATOR
    }

    public static final Actor SYSTEM = new Actor(Kind.SYSTEM, null, null);
    public static final Actor OPERATOR = new Actor(Kind.OPERATOR, null, null);

    public static Actor staff(StaffId id, String address) {
        return new Actor(Kind.STAFF, id.value(), address);
    }

    public static Actor member(MemberId id, String address) {
        return new Actor(Kind.MEMBER, id.value(), address);
    }
}
