package id.nadi.orders;

import id.nadi.kernel.Ids;
import id.nadi.kernel.MemberId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which of a member's orders are asked for; the times are those of placing, from inclusive, until exclusive. */
public record OrderFilter(
        MemberId member, @Nullable Instant from, @Nullable Instant until, OrderStatus.@Nullable Outside status) {

    UUID lowest() {
        return Ids.lowerBound(from == null ? Instant.EPOCH : from);
    }

    UUID highest() {
        // Ids carry the time, so a span of time is a span of ids.
        return until == null ? new UUID(-1L, -1L) : Ids.lowerBound(until);
    }
}
