package id.nadi.ledger;

import java.util.UUID;

/** Names a hold: money set aside in a wallet until it is taken or given free. */
public record HoldId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
