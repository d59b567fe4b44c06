package id.nadi.suppliers;

import id.nadi.kernel.TenantId;
import java.net.URI;
import java.util.Map;

/**
 * One tenant's account at a supplier, opened for use.
 *
 * @param adapter the protocol it speaks
 * @param credentials what the adapter signs with, by the names it gave them
 * @param connectionKey the unguessable part of the address where it delivers its messages
 */
public record Supplier(
        SupplierId id,
        TenantId tenant,
        String name,
        String adapter,
        URI baseUrl,
        Map<String, String> credentials,
        String connectionKey,
        boolean active) {

    /** A credential that the adapter needs; its absence is a configuration fault that staff are shown. */
    public String credential(String key) {
        String value = credentials.get(key);
        if (value == null) {
            throw new IllegalStateException("the supplier " + name + " has no credential " + key);
        }
        return value;
    }

    @Override
    public String toString() {
        return "Supplier[" + name + ", " + adapter + ", " + baseUrl + "]";
    }
}
