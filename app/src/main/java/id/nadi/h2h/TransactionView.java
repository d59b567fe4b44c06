package id.nadi.h2h;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import id.nadi.kernel.Currency;
import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Ids;
import id.nadi.kernel.Refusal;
import id.nadi.ledger.Wallet;
import id.nadi.orders.Order;
import id.nadi.orders.OrderStatus;
import id.nadi.orders.Outcome;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An order as partners see it. */
record TransactionView(
        @JsonProperty("trx_id") UUID id,

        @Schema(description = "What people call it.", example = "TRX-20261121-0Q8ZK3M9R2XT") @JsonProperty("trx_code")
        String code,

        @JsonProperty("ref_id") String reference,
        @JsonProperty("product_code") String productCode,
        String destination,
        int qty,
        int sequence,

        @Schema(description = "What was charged in all, in the currency's smallest used unit.")
        long price,

        @Schema(description = "Only where it is not IDR.") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        Currency currency,

        OrderStatus.Outside status,

        @Schema(description = "The proof of delivery, for a meter the token.") @Nullable
        String sn,

        String message,

        @Schema(description = "Why it failed; only on FAILED.")
        @JsonProperty("error_code")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        ErrorCode errorCode,

        @JsonProperty("balance_before") long balanceBefore,
        @JsonProperty("balance_after") long balanceAfter,

        @Schema(description = "What can be spent now.") @JsonProperty("balance_remaining")
        long balanceRemaining,

        @JsonProperty("created_at") OffsetDateTime createdAt,
        @JsonProperty("updated_at") OffsetDateTime updatedAt) {

    static TransactionView of(Order order, Wallet wallet, ZoneId zone, Locale locale) {
        Optional<Refusal> failure = failure(order);
        return new TransactionView(
                order.id().value(),
                order.code(),
                order.reference(),
                order.productCode(),
                order.destination(),
                order.quantity(),
                order.sequence(),
                order.price().amount(),
                shown(order.price().currency()),
                order.status().outside(),
                order.sn(),
                failure.map(refusal -> explained(refusal, locale))
                        .orElseGet(() -> Words.of(order.status().outside(), locale)),
                failure.map(Refusal::code).orElse(null),
                order.balanceBefore(),
                order.balanceAfter(),
                wallet.available().amount(),
                shown(placedAt(order), zone),
                shown(order.updatedAt(), zone));
    }

    /** Money is in rupiah unless it says otherwise. */
    static @Nullable Currency shown(Currency currency) {
        return currency == Currency.IDR ? null : currency;
    }

    /** From the id: the first answer is given from memory and must read like those that come from the database. */
    private static Instant placedAt(Order order) {
        return Ids.timeOf(order.id().value());
    }

    static OffsetDateTime shown(Instant time, ZoneId zone) {
        return time.truncatedTo(ChronoUnit.MILLIS).atZone(zone).toOffsetDateTime();
    }

    private static String explained(Refusal failure, Locale locale) {
        String why = failure.message(locale);
        return failure.code() == ErrorCode.DELIVERY_FAILED ? why : why + " " + Words.RETURNED.in(locale);
    }

    private static Optional<Refusal> failure(Order order) {
        if (order.status() != OrderStatus.FAILED) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(Outcome.Reason.values())
                .filter(reason -> reason.name().equals(order.errorCode()))
                .findFirst()
                .map(reason -> failure(reason, order))
                .orElse(Refusal.of(ErrorCode.DELIVERY_FAILED)));
    }

    /** Partners are told what they can act on; how we stand with our suppliers is not theirs to know. */
    private static Refusal failure(Outcome.Reason reason, Order order) {
        return switch (reason) {
            case DESTINATION_WRONG -> Refusal.of(ErrorCode.DESTINATION_INVALID, order.destination());
            case DESTINATION_BLOCKED -> Refusal.of(ErrorCode.DESTINATION_BLOCKED);
            case PRODUCT_UNAVAILABLE, OUT_OF_STOCK -> Refusal.of(ErrorCode.PRODUCT_CLOSED, order.productCode());
            case NOT_SENT,
                    SUPPLIER_UNAVAILABLE,
                    SUPPLIER_BALANCE,
                    PRICE_CHANGED,
                    REQUEST_REFUSED,
                    FAILED,
                    LIMIT_EXCEEDED,
                    NO_SUPPLIER,
                    CONFIRMED_BY_STAFF -> Refusal.of(ErrorCode.DELIVERY_FAILED);
        };
    }
}
