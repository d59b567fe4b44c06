package id.nadi.sandbox.digiflazz;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One movement of an account's balance.
 *
 * @param number counts the movements of the account from 0, without gaps
 * @param kind ADJUSTMENT (by hand), PURCHASE or REFUND
 * @param amount in whole rupiah, negative when taken
 * @param balance right after it
 */
public record StatementLine(
        long number,
        Instant at,
        String kind,
        long amount,
        long balance,
        @JsonProperty("ref_id") @Nullable String refId,
        @Nullable String sku,
        @JsonProperty("customer_no") @Nullable String customerNo) {
    static StatementLine of(int number, Account.Movement movement) {
        Reference reference = movement.reference();
        return new StatementLine(
                number,
                Instant.ofEpochMilli(movement.at()),
                movement.kind().name(),
                movement.amount(),
                movement.balance(),
                reference == null ? null : reference.refId(),
                reference == null ? null : reference.sku(),
                reference == null ? null : reference.customerNo());
    }
}
