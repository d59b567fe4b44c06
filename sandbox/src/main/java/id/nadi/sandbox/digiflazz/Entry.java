package id.nadi.sandbox.digiflazz;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the journal is made of: everything that ever changed the book. Times are epoch milliseconds, references go by
 * their number in order of creation, and whatever follows from an entry (balances, counts) is not repeated in it.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Entry.AccountKept.class, name = "account"),
    @JsonSubTypes.Type(value = Entry.BalanceMoved.class, name = "balance"),
    @JsonSubTypes.Type(value = Entry.SwitchesKept.class, name = "switches"),
    @JsonSubTypes.Type(value = Entry.ScriptKept.class, name = "script"),
    @JsonSubTypes.Type(value = Entry.ProductChanged.class, name = "product"),
    @JsonSubTypes.Type(value = Entry.NumberBlocked.class, name = "blocked"),
    @JsonSubTypes.Type(value = Entry.TicketDrawn.class, name = "ticket"),
    @JsonSubTypes.Type(value = Entry.Answered.class, name = "answered"),
    @JsonSubTypes.Type(value = Entry.Bought.class, name = "bought"),
    @JsonSubTypes.Type(value = Entry.Inquired.class, name = "inquired"),
    @JsonSubTypes.Type(value = Entry.Paid.class, name = "paid"),
    @JsonSubTypes.Type(value = Entry.Asked.class, name = "asked"),
    @JsonSubTypes.Type(value = Entry.Settled.class, name = "settled"),
    @JsonSubTypes.Type(value = Entry.CallbackPlanned.class, name = "callback"),
    @JsonSubTypes.Type(value = Entry.CallbackMissed.class, name = "callback-missed"),
    @JsonSubTypes.Type(value = Entry.CallbackEnded.class, name = "callback-ended"),
})
sealed interface Entry {

    /** An account as it is from now on. */
    record AccountKept(
            String username,
            String apiKey,
            String webhookSecret,
            @Nullable String callbackUrl,
            List<String> allowedIps,
            String hookId)
            implements Entry {}

    /** Money put in or taken out by hand. */
    record BalanceMoved(long at, String username, long amount) implements Entry {}

    /** What differs from the defaults; for everybody if there is no username. */
    record SwitchesKept(@Nullable String username, ObjectNode overrides) implements Entry {}

    /** The script a destination has from now on; none if it is null. */
    record ScriptKept(String customerNo, @Nullable Script script) implements Entry {}

    record ProductChanged(String sku, ProductChange change) implements Entry {}

    record NumberBlocked(String number, boolean blocked) implements Entry {}

    record TicketDrawn(long at, String username, long transferAmount) implements Entry {}

    /** A call that changed nothing but the counts; without a code if it was not carried out. */
    record Answered(@Nullable ResponseCode rc) implements Entry {}

    /** A prepaid transaction was created; with a later code it is still pending. */
    record Bought(
            long at,
            int number,
            String username,
            String refId,
            String sku,
            String customerNo,
            long price,
            @JsonInclude(Include.NON_DEFAULT) boolean testing,
            @Nullable String callbackUrl,
            ResponseCode rc,
            @Nullable String sn,
            @Nullable ResponseCode laterRc,
            @JsonInclude(Include.NON_DEFAULT) long settleAt)
            implements Entry {}

    /** A bill was looked up; without one the inquiry failed. */
    record Inquired(
            long at,
            int number,
            String username,
            String refId,
            String sku,
            String customerNo,
            @JsonInclude(Include.NON_DEFAULT) boolean testing,
            @Nullable String callbackUrl,
            ResponseCode rc,
            @Nullable Bill bill)
            implements Entry {}

    /** The bill of a reference was paid; with a later code the payment is still pending. */
    record Paid(
            long at,
            int number,
            @Nullable String callbackUrl,
            ResponseCode rc,
            @Nullable String sn,
            @Nullable ResponseCode laterRc,
            @JsonInclude(Include.NON_DEFAULT) long settleAt)
            implements Entry {}

    /** A call about a reference that was known already. */
    record Asked(long at, int number, ResponseCode rc) implements Entry {}

    /** A pending transaction became final. */
    record Settled(
            long at, int number, ResponseCode rc, @Nullable String sn) implements Entry {}

    record CallbackPlanned(UUID id, int number, PlannedCallback.Kind kind, long due) implements Entry {}

    /** A callback was not accepted and goes out again. */
    record CallbackMissed(UUID id, int tries, long due) implements Entry {}

    /** A callback was accepted, or given up. */
    record CallbackEnded(UUID id, boolean accepted) implements Entry {}
}
