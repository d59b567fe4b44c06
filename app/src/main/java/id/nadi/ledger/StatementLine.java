package id.nadi.ledger;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One movement of a wallet, with its balance before and after. */
public record StatementLine(
        UUID posting,
        long version,
        Direction direction,
        long amount,
        long before,
        long after,
        PostingKind kind,
        UUID subject,
        @Nullable String memo,
        Instant at) {

    /** As the wallet's owner sees it. */
    public enum Direction {
        IN,
        OUT
    }
}
