package id.nadi.ledger;

import java.util.UUID;

/** Names an account that is not a wallet. */
public record AccountId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
