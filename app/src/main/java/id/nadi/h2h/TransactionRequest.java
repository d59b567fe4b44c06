package id.nadi.h2h;

import com.fasterxml.jackson.annotation.JsonProperty;
import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Phrase;
import id.nadi.kernel.Refusal;
import id.nadi.orders.Channel;
import id.nadi.orders.PlaceOrder;
import id.nadi.web.Fields;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An order as a partner sends it. */
record TransactionRequest(
        @Schema(
                description = "Your own name for the order: the same again is the same order.",
                pattern = "[A-Za-z0-9._:/-]{1,64}",
                requiredMode = Schema.RequiredMode.REQUIRED,
                example = "INV-20261121-0001")
        @JsonProperty("ref_id")
        @Nullable
        String reference,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = 64, example = "S10")
        @JsonProperty("product_code")
        @Nullable
        String productCode,

        @Schema(
                description = "The number or account to fill; mobile numbers as 08…, 62… or +62….",
                requiredMode = Schema.RequiredMode.REQUIRED,
                maxLength = 100,
                example = "081234567890")
        @Nullable
        String destination,

        @Schema(description = "How many.", type = "integer", format = "int32", minimum = "1", defaultValue = "1")
        @Nullable
        BigDecimal qty,

        @Schema(
                description = "Counts repeats of the same product and destination on one day.",
                type = "integer",
                format = "int32",
                minimum = "1",
                defaultValue = "1")
        @Nullable
        BigDecimal sequence,

        @Schema(description = "The most you are willing to pay in all, in the smallest unit.", minimum = "1")
        @JsonProperty("max_price")
        @Nullable
        Long maxPrice) {
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9._:/-]{1,64}");
    private static final int CODE_MAX = 64;
    private static final int DESTINATION_MAX = 100;

    /** The command, if every field has a form that could be right. */
    PlaceOrder command(Partner partner, @Nullable String traceparent) {
        return new PlaceOrder(
                partner.member(),
                checkedReference(),
                Fields.text("product_code", productCode, CODE_MAX),
                Fields.text("destination", destination, DESTINATION_MAX),
                whole(qty),
                whole(sequence),
                positive(maxPrice),
                Channel.H2H,
                traceparent);
    }

    /** Whether that could be a partner's reference. */
    static boolean isReference(String text) {
        return REFERENCE.matcher(text).matches();
    }

    private String checkedReference() {
        String text = Fields.text("ref_id", reference, Integer.MAX_VALUE);
        if (!isReference(text)) {
            throw Refusal.of(ErrorCode.FIELD_INVALID, "ref_id", REFERENCE.pattern())
                    .asException();
        }
        return text;
    }

    /**
     * A count as it goes into the command. What is not a whole number, or none that fits, becomes 0: nothing is sold in that
     * number, so the order is refused with the bounds that hold for its product.
     */
    private static int whole(@Nullable BigDecimal count) {
        if (count == null) {
            return 1;
        }
        boolean fits = count.signum() > 0
                && count.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0
                && count.stripTrailingZeros().scale() <= 0;
        return fits ? count.intValueExact() : 0;
    }

    private static @Nullable Long positive(@Nullable Long price) {
        if (price != null && price < 1) {
            throw Fields.invalid("max_price", new Phrase("harus bilangan bulat positif", "a positive whole number"));
        }
        return price;
    }
}
