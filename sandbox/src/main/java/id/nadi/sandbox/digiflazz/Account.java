package id.nadi.sandbox.digiflazz;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A buyer's account: who it is, what it has, what it ever asked for. Guarded by the book. */
final class Account {
    private final String username;
    private final Map<String, Reference> references = new HashMap<>();
    private final List<Movement> movements = new ArrayList<>();
    private final Set<Long> openTicketAmounts = new HashSet<>();
    private long ticketDay;
    private Entry.AccountKept kept;
    private long balance;

    /** One change of the balance; small, since there are two for every failed purchase. */
    record Movement(
            long at,
            Kind kind,
            long amount,
            long balance,
            @Nullable Reference reference) {
        enum Kind {
            ADJUSTMENT,
            PURCHASE,
            REFUND
        }
    }

    Account(Entry.AccountKept kept) {
        this.username = kept.username();
        this.kept = kept;
    }

    void keep(Entry.AccountKept kept) {
        this.kept = kept;
    }

    String username() {
        return username;
    }

    String apiKey() {
        return kept.apiKey();
    }

    String webhookSecret() {
        return kept.webhookSecret();
    }

    @Nullable
    String callbackUrl() {
        return kept.callbackUrl();
    }

    List<String> allowedIps() {
        return kept.allowedIps();
    }

    String hookId() {
        return kept.hookId();
    }

    /** Whether calls may come from that address; an empty list lets everybody in. */
    boolean lets(String address) {
        if (kept.allowedIps().isEmpty()) {
            return true;
        }
        InetAddress caller = InetAddress.ofLiteral(address);
        return kept.allowedIps().stream()
                .anyMatch(allowed -> InetAddress.ofLiteral(allowed).equals(caller));
    }

    long balance() {
        return balance;
    }

    void move(long at, Movement.Kind kind, long amount, @Nullable Reference reference) {
        balance += amount;
        movements.add(new Movement(at, kind, amount, balance, reference));
    }

    List<Movement> movements() {
        return movements;
    }

    @Nullable
    Reference reference(String refId) {
        return references.get(refId);
    }

    /** Returns the reference that stood there before, which happens when one is bought again after 90 days. */
    @Nullable
    Reference put(Reference reference) {
        return references.put(reference.refId(), reference);
    }

    /** Amounts to be transferred must differ among the tickets of one day, or nobody could tell payers apart. */
    boolean isTicketOpen(long at, long transferAmount) {
        return ticketDay == Wib.day(at) && openTicketAmounts.contains(transferAmount);
    }

    void openTicket(long at, long transferAmount) {
        if (ticketDay != Wib.day(at)) {
            ticketDay = Wib.day(at);
            openTicketAmounts.clear();
        }
        openTicketAmounts.add(transferAmount);
    }
}
