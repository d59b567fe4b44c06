package id.nadi.ledger;

import org.jspecify.annotations.Nullable;

/** What became of an attempt to take money out of a wallet. */
public sealed interface Taking {

    /** Taken; the wallet as it stands after it, where there is one. */
    record Taken(@Nullable Wallet wallet) implements Taking {}

    /** Not taken, nothing changed. */
    record Insufficient(Wallet wallet) implements Taking {}
}
