package id.nadi.suppliers;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a supplier stood when it was last asked. */
public record SupplierState(
        @Nullable Long balance,
        @Nullable Instant balanceAt,
        @Nullable Instant catalogueAt,
        @Nullable String lastError,
        @Nullable Instant lastErrorAt) {}
