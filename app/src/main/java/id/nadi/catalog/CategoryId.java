package id.nadi.catalog;

import java.util.UUID;

/** Names a category. */
public record CategoryId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
