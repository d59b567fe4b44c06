package id.nadi.sandbox.digiflazz;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the stand-in did for one ref_id.
 *
 * @param deliveries how often it was delivered; more than once means that it was bought again after 90 days
 * @param purchaseCalls how many calls about it were carried out, the first included
 */
public record Delivery(
        String username,
        @JsonProperty("ref_id") String refId,
        String sku,
        @JsonProperty("customer_no") String customerNo,
        String kind,
        boolean testing,
        String status,
        String rc,
        long price,
        @Nullable String sn,
        int deliveries,
        int purchaseCalls,
        Instant firstAt,
        Instant lastAt,
        @Nullable Instant deliveredAt) {

    static Delivery of(Reference reference) {
        return new Delivery(
                reference.account().username(),
                reference.refId(),
                reference.sku(),
                reference.customerNo(),
                kind(reference),
                reference.testing(),
                reference.rc().status().word(),
                reference.rc().code(),
                reference.price(),
                reference.sn(),
                reference.deliveries(),
                reference.calls(),
                Instant.ofEpochMilli(reference.firstAskedAt()),
                Instant.ofEpochMilli(reference.lastAskedAt()),
                reference.deliveries() == 0 ? null : Instant.ofEpochMilli(reference.deliveredAt()));
    }

    private static String kind(Reference reference) {
        return switch (reference) {
            case Reference.Purchase _ -> "prepaid";
            case Reference.BillReference bill -> bill.paid() ? "postpaid" : "inquiry";
        };
    }
}
