package id.nadi.kernel;

import java.util.UUID;

/** Names a tenant: one business of the installation. */
public record TenantId(UUID value) {

    public static TenantId next() {
        return new TenantId(Ids.next());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
