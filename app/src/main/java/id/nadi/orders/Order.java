package id.nadi.orders;

import id.nadi.catalog.ProductId;
import id.nadi.kernel.MemberId;
import id.nadi.kernel.Money;
import id.nadi.kernel.TenantId;
import id.nadi.ledger.WalletId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order as it stands.
 *
 * @param cost what it cost us; known once it is delivered
 * @param sn the supplier's proof of delivery
 * @param errorCode why it failed, as one of the supplier side's reasons
 */
public record Order(
        OrderId id,
        TenantId tenant,
        MemberId member,
        WalletId wallet,
        String reference,
        Channel channel,
        ProductId product,
        String productCode,
        String fulfilment,
        String destination,
        int quantity,
        int sequence,
        Money price,
        long balanceBefore,
        long balanceAfter,
        OrderStatus status,
        int attempts,
        long fence,
        @Nullable Long cost,
        @Nullable String sn,
        @Nullable String message,
        @Nullable String errorCode,
        @Nullable String traceparent,
        Instant createdAt,
        Instant updatedAt) {

    public String code() {
        return OrderCode.of(id);
    }
}
