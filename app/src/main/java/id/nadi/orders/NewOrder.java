package id.nadi.orders;

import id.nadi.catalog.ProductId;
import id.nadi.kernel.MemberId;
import id.nadi.kernel.Money;
import id.nadi.kernel.TenantId;
import id.nadi.ledger.AccountId;
import id.nadi.ledger.WalletId;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An order that passed the checks from memory and waits to be placed.
 *
 * @param hash of what was asked for, the same over all doors
 * @param guardDay the local day of its duplicate slot; none where the tenant does not guard
 * @param dailyMax orders that its destination may have on that day; none for no limit
 */
record NewOrder(
        OrderId id,
        TenantId tenant,
        MemberId member,
        String reference,
        byte[] hash,
        WalletId wallet,
        AccountId inFlight,
        Channel channel,
        ProductId product,
        String productCode,
        String fulfilment,
        String destination,
        int quantity,
        int sequence,
        Money price,
        long priceVersion,
        @Nullable String traceparent,
        @Nullable LocalDate guardDay,
        @Nullable Integer dailyMax,
        Instant createdAt) {

    /** The order as it stands once it was accepted. */
    Order accepted(long balanceBefore, long balanceAfter) {
        return new Order(
                id,
                tenant,
                member,
                wallet,
                reference,
                channel,
                product,
                productCode,
                fulfilment,
                destination,
                quantity,
                sequence,
                price,
                balanceBefore,
                balanceAfter,
                OrderStatus.PENDING,
                0,
                1,
                null,
                null,
                null,
                null,
                traceparent,
                createdAt,
                createdAt);
    }
}
