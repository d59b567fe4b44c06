package id.nadi.suppliers;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One exchange with a supplier as it was, secrets masked. */
public record SupplierCall(
        SupplierId supplier,
        String kind,
        String request,
        String response,
        @Nullable Integer httpStatus,
        String outcome,
        Instant startedAt,
        int tookMs) {}
