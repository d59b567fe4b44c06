package id.nadi.kernel;

import java.util.UUID;

/** Names a staff member: a person who runs a tenant. */
public record StaffId(UUID value) {

    public static StaffId next() {
        return new StaffId(Ids.next());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
