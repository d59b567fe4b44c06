package id.nadi.ledger;

import java.util.UUID;

/** Names a wallet, which is itself an account. */
public record WalletId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
