package id.nadi.catalog;

import java.util.UUID;

/** Names a product. */
public record ProductId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
