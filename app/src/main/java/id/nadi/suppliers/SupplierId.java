package id.nadi.suppliers;

import java.util.UUID;

/** Names a supplier of one tenant. */
public record SupplierId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
