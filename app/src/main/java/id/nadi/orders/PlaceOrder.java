package id.nadi.orders;

import id.nadi.kernel.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * The command that every door builds. The tenant is the bound one.
 *
 * @param reference the buyer's own name for it; the same reference again is the same order
 * @param sequence 1, or higher to repeat the same product and destination on one day
 * @param maxPrice what the buyer is willing to pay in all, if they said so
 * @param traceparent the W3C trace it belongs to
 */
public record PlaceOrder(
        MemberId member,
        String reference,
        String productCode,
        String destination,
        int quantity,
        int sequence,
        @Nullable Long maxPrice,
        Channel channel,
        @Nullable String traceparent) {}
