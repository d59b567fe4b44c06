package id.nadi.orders;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One try at a supplier, as it is recorded.
 *
 * @param reference what the supplier knows it by
 * @param cost what the supplier says it took, once it said so
 * @param reason why it was rejected or is unknown
 */
public record Attempt(
        OrderId order,
        int number,
        UUID supplier,
        String reference,
        String supplierCode,
        long costExpected,
        AttemptState state,
        @Nullable Long cost,
        @Nullable String reason,
        @Nullable String message,
        @Nullable String supplierRef,
        Instant startedAt,
        @Nullable Instant finishedAt) {}
