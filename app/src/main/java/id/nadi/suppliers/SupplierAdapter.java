package id.nadi.suppliers;

import id.nadi.connect.Exchange;
import id.nadi.orders.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Translates one supplier's protocol. An adapter builds a request, is handed what came back, and reads it; the sending in
 * between is the caller's, so that it is guarded, timed and logged in one place.
 */
public interface SupplierAdapter {

    /** The protocol's name, as suppliers name their adapter. */
    String name();

    Set<Capability> capabilities();

    /** What an adapter can do; the shared contract suite runs exactly that. */
    enum Capability {
        BUY,
        STATUS,
        BALANCE,
        PRICE_LIST,
        CALLBACK,
        INQUIRY,
        /** The same reference again never buys twice. */
        IDEMPOTENT_REFERENCE
    }

    /**
     * A request on the wire.
     *
     * @param secrets texts in it that must not be logged
     */
    record Request(String method, String path, Map<String, String> headers, byte[] body, List<String> secrets) {}

    /** What is bought, as the supplier has to be told. */
    record Purchase(String reference, String supplierCode, String destination, int quantity, long costMax) {}

    Request buy(Supplier supplier, Purchase purchase);

    Outcome readBuy(Purchase purchase, Exchange exchange);

    /** Asks about a reference that was sent; empty if the protocol, or the reference's age, does not allow it. */
    Optional<Request> check(Supplier supplier, Purchase purchase, Instant sentAt);

    Outcome readCheck(Purchase purchase, Exchange exchange, int tries);

    /** When to ask for the first time about a reference whose reply never came. */
    Optional<Instant> firstCheck(Instant sentAt);

    Request balance(Supplier supplier);

    /** Our balance there in the tenant's currency; empty if the answer does not say. */
    Optional<Long> readBalance(Exchange exchange);

    Request priceList(Supplier supplier);

    /** What the supplier offers; empty if the answer is not a list. */
    Optional<List<Offer>> readPriceList(Exchange exchange);

    /** The shortest time between two price lists. */
    Duration priceListInterval();

    /**
     * One thing that a supplier sells.
     *
     * @param stock what is left; none for no limit
     */
    record Offer(
            String code,
            String name,
            String category,
            String brand,
            String type,
            long price,
            boolean available,
            @Nullable Long stock,
            boolean repeatable,
            @Nullable LocalTime cutOffFrom,
            @Nullable LocalTime cutOffUntil,
            String description) {}

    /** A message that came in, with its headers in lower case. */
    record Message(Map<String, String> headers, byte[] body) {}

    /** Whether a message is really from that supplier: checked on its raw bytes. */
    boolean isGenuine(Supplier supplier, Message message);

    /** What a genuine message says. */
    sealed interface Said {
        /**
         * Something about one of our references.
         *
         * @param destination where it says the goods went; none if the protocol does not say
         */
        record Of(String reference, @Nullable String destination, Outcome outcome) implements Said {}

        /** Only a sign of life. */
        record Ping() implements Said {}

        /** Genuine, and still not to be understood. */
        record Unreadable(String why) implements Said {}
    }

    Said read(Message message);
}
