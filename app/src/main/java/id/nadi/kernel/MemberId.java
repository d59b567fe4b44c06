package id.nadi.kernel;

import java.util.UUID;

/** Names a member: a tenant's customer (buyer, reseller, client). */
public record MemberId(UUID value) {

    public static MemberId next() {
        return new MemberId(Ids.next());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
