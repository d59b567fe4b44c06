package id.nadi.ledger;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a posting is for.
 *
 * @param subject the thing it belongs to: an order, a deposit, a transfer
 * @param memo words for the statement, where the subject does not say enough
 */
public record Purpose(
        PostingKind kind, UUID subject, @Nullable String memo) {

    public static Purpose of(PostingKind kind, UUID subject) {
        return new Purpose(kind, subject, null);
    }
}
