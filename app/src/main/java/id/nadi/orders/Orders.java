package id.nadi.orders;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import id.nadi.audit.Actor;
import id.nadi.audit.AuditTrail;
import id.nadi.catalog.Catalog;
import id.nadi.catalog.CatalogView;
import id.nadi.catalog.DestinationKind;
import id.nadi.catalog.Product;
import id.nadi.kernel.Cursors;
import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Hashes;
import id.nadi.kernel.MemberId;
import id.nadi.kernel.Money;
import id.nadi.kernel.Page;
import id.nadi.kernel.Refusal;
import id.nadi.ledger.AccountKind;
import id.nadi.ledger.Ledger;
import id.nadi.ledger.PostingKind;
import id.nadi.ledger.Purpose;
import id.nadi.ledger.Wallet;
import id.nadi.orders.OrderStore.Known;
import id.nadi.orders.RoadStatements.Placed;
import id.nadi.resellers.Quote;
import id.nadi.resellers.Resellers;
import id.nadi.tenancy.Settings;
import id.nadi.tenancy.Tenant;
import id.nadi.tenancy.Tenants;
import id.nadi.tenancy.Transactions;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Orders of the bound tenant: the one way in for every door, and what became of them. */
@Service
public class Orders {
    /** What an order's text fields may be at the most. */
    private static final int REFERENCE_MAX = 64;

    private static final int DESTINATION_MAX = 100;
    private static final int HASH_BYTES = 16;

    private final Road road;
    private final OrderStore store;
    private final Catalog catalog;
    private final Resellers resellers;
    private final Ledger ledger;
    private final Tenants tenants;
    private final Settings settings;
    private final Transactions transactions;
    private final AuditTrail audit;
    private final Claims claims;
    private final Lease lease;
    private final OrderLimits limits;
    private final Clock clock;
    private final Cache<MemberId, Wallet> wallets =
            Caffeine.newBuilder().maximumSize(500_000).build();

    Orders(
            Road road,
            OrderStore store,
            Catalog catalog,
            Resellers resellers,
            Ledger ledger,
            Tenants tenants,
            Settings settings,
            Transactions transactions,
            AuditTrail audit,
            Claims claims,
            Lease lease,
            OrderLimits limits,
            Clock clock) {
        this.road = road;
        this.store = store;
        this.catalog = catalog;
        this.resellers = resellers;
        this.ledger = ledger;
        this.tenants = tenants;
        this.settings = settings;
        this.transactions = transactions;
        this.audit = audit;
        this.claims = claims;
        this.lease = lease;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Places an order and pays for it from the member's wallet. What was acknowledged is on disk; a refusal leaves nothing
     * behind. A reference that is known already is answered with its order, even if a new one would be refused.
     */
    public Placement place(PlaceOrder command) {
        Tenant tenant = tenants.current();
        Checked checked = check(tenant, command);
        return switch (checked) {
            case Checked.Fine fine -> submit(command, fine.order());
            case Checked.Bad bad -> knownOr(command, bad.hash(), bad.refusal());
        };
    }

    /**
     * Answers a command that its door refuses, a suspended member's for one: with its order if the reference is known
     * already, otherwise with that refusal. Places nothing.
     */
    public Placement refuse(PlaceOrder command, Refusal refusal) {
        byte[] hash = switch (check(tenants.current(), command)) {
            case Checked.Fine fine -> fine.order().hash();
            case Checked.Bad bad -> bad.hash();
        };
        return knownOr(command, hash, refusal);
    }

    private sealed interface Checked {
        record Fine(NewOrder order) implements Checked {}

        /** The hash is that of the request as far as it could be understood. */
        record Bad(Refusal refusal, byte[] hash) implements Checked {}
    }

    private Placement submit(PlaceOrder command, NewOrder order) {
        Optional<CompletableFuture<Placed>> submitted = road.place(order);
        if (submitted.isEmpty()) {
            return knownOr(command, order.hash(), Refusal.of(ErrorCode.QUEUE_FULL));
        }
        Placed placed;
        try {
            placed = submitted.get().get(limits.placeTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException unknown) {
            return new Placement.InDoubt();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Placement.InDoubt();
        }
        return switch (placed.verdict()) {
            case ACCEPTED -> {
                Long before = placed.before();
                Long after = placed.after();
                yield before == null || after == null
                        ? new Placement.Accepted(get(order.id()))
                        : new Placement.Accepted(order.accepted(before, after));
            }
            case SAME_AGAIN -> new Placement.Replayed(get(placed.order()));
            case OTHER_REQUEST -> refused(ErrorCode.REFERENCE_CONFLICT);
            case BALANCE_SHORT -> refused(ErrorCode.INSUFFICIENT_BALANCE);
            case SLOT_TAKEN -> refused(ErrorCode.DUPLICATE_ORDER);
            case DAILY_LIMIT -> refused(ErrorCode.DESTINATION_DAILY_LIMIT, String.valueOf(order.dailyMax()));
            case NO_WALLET -> refused(ErrorCode.WALLET_MISSING);
            case DEBT ->
                refused(
                        ErrorCode.RECEIVABLE_OUTSTANDING,
                        new Money(placed.owed(), order.price().currency()).display());
        };
    }

    private static Placement refused(ErrorCode code, Object... arguments) {
        return new Placement.Refused(Refusal.of(code, arguments));
    }

    private Placement knownOr(PlaceOrder command, byte[] hash, Refusal refusal) {
        // What could never have been taken is not looked for: the database refuses some characters by itself.
        Optional<Known> known = isPlain(command.reference(), REFERENCE_MAX)
                ? transactions.in(() -> store.known(command.member(), command.reference()))
                : Optional.empty();
        return known.<Placement>map(found -> Arrays.equals(found.hash(), hash)
                        ? new Placement.Replayed(get(found.order()))
                        : refused(ErrorCode.REFERENCE_CONFLICT))
                .orElse(new Placement.Refused(refusal));
    }

    /** Everything that can be decided without counting, from memory. */
    private Checked check(Tenant tenant, PlaceOrder command) {
        CatalogView view = catalog.view(tenant.id());
        Optional<Product> found = view.product(command.productCode());
        String destination = found.flatMap(product -> product.destination().normalise(command.destination()))
                .orElse(command.destination());
        byte[] hash = hash(command, destination);
        if (!isPlain(command.reference(), REFERENCE_MAX)) {
            return bad(hash, ErrorCode.FIELD_INVALID, "ref_id", "1–" + REFERENCE_MAX + " [A-Za-z0-9._:/-]");
        }
        if (found.isEmpty()) {
            return bad(hash, ErrorCode.PRODUCT_UNKNOWN, shown(command.productCode()));
        }
        Product product = found.get();
        ZonedDateTime now = clock.instant().atZone(tenant.zone());
        if (!product.active() || !road.drives(product.fulfilment())) {
            return bad(hash, ErrorCode.PRODUCT_CLOSED, product.code());
        }
        Product.CutOff cutOff = product.cutOff();
        if (cutOff != null && cutOff.covers(now.toLocalTime())) {
            return bad(
                    hash,
                    ErrorCode.PRODUCT_CUT_OFF,
                    product.code(),
                    cutOff.from().toString(),
                    cutOff.until().toString());
        }
        if (command.quantity() < 1 || command.quantity() > product.quantityMax()) {
            return bad(hash, ErrorCode.QUANTITY_INVALID, product.quantityMax());
        }
        int sequenceMax = settings.get(tenant.id(), OrderSettings.SEQUENCE_MAX);
        if (command.sequence() < 1 || command.sequence() > sequenceMax) {
            return bad(hash, ErrorCode.SEQUENCE_INVALID, sequenceMax);
        }
        if (product.destination().normalise(command.destination()).isEmpty()) {
            return bad(hash, ErrorCode.DESTINATION_INVALID, shown(command.destination()));
        }
        if (product.destination() == DestinationKind.PHONE && view.knowsOperator(product.brand())) {
            Optional<String> operator = view.operatorOf(destination);
            if (operator.isPresent() && !operator.get().equals(product.brand())) {
                return bad(hash, ErrorCode.DESTINATION_PREFIX_MISMATCH, operator.get(), product.brand());
            }
        }
        if (view.isBlocked(destination)) {
            return bad(hash, ErrorCode.DESTINATION_BLOCKED);
        }
        Optional<Quote> quote = resellers.quote(tenant.id(), command.member(), product);
        if (quote.isEmpty()) {
            return bad(hash, ErrorCode.PRICE_UNAVAILABLE, product.code());
        }
        Money price = quote.get().price().times(command.quantity());
        Long maxPrice = command.maxPrice();
        if (maxPrice != null && price.amount() > maxPrice) {
            return bad(
                    hash, ErrorCode.PRICE_ABOVE_MAX, price.display(), new Money(maxPrice, price.currency()).display());
        }
        Optional<Wallet> wallet = walletOf(command.member());
        if (wallet.isEmpty() || wallet.get().currency() != price.currency()) {
            return bad(hash, ErrorCode.WALLET_MISSING);
        }
        boolean guarded = settings.get(tenant.id(), OrderSettings.DUPLICATE_GUARD);
        int dailyMax = settings.get(tenant.id(), OrderSettings.DESTINATION_DAILY_MAX);
        LocalDate day = guarded ? now.toLocalDate() : null;
        return new Checked.Fine(new NewOrder(
                OrderId.next(),
                tenant.id(),
                command.member(),
                command.reference(),
                hash,
                wallet.get().id(),
                ledger.account(AccountKind.ORDERS_IN_FLIGHT, price.currency()),
                command.channel(),
                product.id(),
                product.code(),
                product.fulfilment(),
                destination,
                command.quantity(),
                command.sequence(),
                price,
                quote.get().version(),
                command.traceparent(),
                day,
                day != null && dailyMax > 0 ? dailyMax : null,
                now.toInstant()));
    }

    private static Checked bad(byte[] hash, ErrorCode code, Object... arguments) {
        return new Checked.Bad(Refusal.of(code, arguments), hash);
    }

    /** What makes two requests the same: what is bought, where it goes, how many, which time. */
    private static byte[] hash(PlaceOrder command, String destination) {
        String canonical = command.productCode().toUpperCase(java.util.Locale.ROOT)
                + '\n'
                + destination
                + '\n'
                + command.quantity()
                + '\n'
                + command.sequence();
        return Arrays.copyOf(Hashes.sha256(canonical), HASH_BYTES);
    }

    private static boolean isPlain(String text, int max) {
        return !text.isEmpty()
                && text.length() <= max
                && text.chars()
                        .allMatch(letter -> letter >= 'A' && letter <= 'Z'
                                || letter >= 'a' && letter <= 'z'
                                || letter >= '0' && letter <= '9'
                                || "._:/-".indexOf(letter) >= 0);
    }

    /** Something typed by a stranger, cut and without what a terminal or a page could act on. */
    private static String shown(String typed) {
        String cut = typed.length() <= DESTINATION_MAX ? typed : typed.substring(0, DESTINATION_MAX) + "…";
        return cut.replaceAll("\\p{Cntrl}", "\uFFFD");
    }

    private Optional<Wallet> walletOf(MemberId member) {
        Wallet known = wallets.getIfPresent(member);
        if (known != null) {
            return Optional.of(known);
        }
        // Only its id and currency are used from here, and they never change.
        Optional<Wallet> found = ledger.walletOf(member);
        found.ifPresent(wallet -> wallets.put(member, wallet));
        return found;
    }

    /** The order, which must exist in the bound tenant. */
    public Order get(OrderId id) {
        return find(id).orElseThrow(() -> Refusal.of(ErrorCode.NOT_FOUND).asException());
    }

    public Optional<Order> find(OrderId id) {
        return transactions.in(() -> store.find(id));
    }

    /** The order that people call by that code. */
    public Optional<Order> findByCode(String code) {
        return OrderCode.span(code)
                .flatMap(span -> transactions.in(() -> store.within(span)).stream()
                        .filter(order -> span.holds(order.id().value()))
                        .findFirst());
    }

    /** The order that a member calls by that reference. */
    public Optional<Order> findByReference(MemberId member, String reference) {
        return isPlain(reference, REFERENCE_MAX)
                ? transactions.in(() -> store.known(member, reference).flatMap(known -> store.find(known.order())))
                : Optional.empty();
    }

    /** Those of the bound tenant's orders; what is not there is left out. */
    public List<Order> find(List<OrderId> ids) {
        return transactions.in(() -> store.find(ids));
    }

    /** A member's orders, the newest first. */
    public Page<Order> list(OrderFilter filter, int limit, @Nullable String cursor) {
        UUID below = Cursors.uuid(cursor);
        return transactions.in(() -> Page.of(
                store.list(filter, below, limit + 1),
                limit,
                order -> Cursors.of(order.id().value())));
    }

    public List<Attempt> attempts(OrderId order) {
        return transactions.in(() -> store.attempts(order));
    }

    /** What came of a supplier's message about an attempt. */
    public sealed interface Heard {
        /** The order stands there now. */
        record Of(OrderId order, OrderStatus status) implements Heard {}

        /** It names another destination than the order has, so it is not about it: without effect. */
        record OtherDestination(OrderId order) implements Heard {}

        /** Nothing of ours has that reference at that supplier. */
        record UnknownReference() implements Heard {}
    }

    /**
     * Takes in what a supplier said of an attempt by its own message. Only the attempt that was sent to that supplier is
     * believed; what contradicts an end that is known opens a case.
     *
     * @param destination where the supplier says that it went; none if it does not say
     */
    public Heard hear(UUID supplier, String reference, @Nullable String destination, Outcome outcome)
            throws InterruptedException {
        Optional<AttemptReference> parsed = AttemptReference.parse(reference);
        if (parsed.isEmpty()) {
            return new Heard.UnknownReference();
        }
        Optional<Order> order = find(parsed.get().order());
        List<Attempt> attempts =
                order.isEmpty() ? List.of() : attempts(order.get().id());
        int number = parsed.get().number();
        if (order.isEmpty()
                || attempts.size() < number
                || number < 1
                || !attempts.get(number - 1).supplier().equals(supplier)) {
            return new Heard.UnknownReference();
        }
        if (destination != null && !destination.equals(order.get().destination())) {
            return new Heard.OtherDestination(order.get().id());
        }
        OrderStatus status = road.hear(order.get(), attempts.subList(0, number), outcome);
        return new Heard.Of(order.get().id(), status);
    }

    /**
     * A person of the staff found out that a suspect order was delivered: it ends as a success with that proof.
     */
    public OrderStatus confirmDelivered(OrderId id, String sn, Actor actor) throws InterruptedException {
        Order order = get(id);
        Attempt attempt = confirm(order, actor, "order.confirmed-delivered", Map.of("sn", sn));
        return road.hear(order, List.of(attempt), new Outcome.Delivered(sn, null, null, null));
    }

    /**
     * A person of the staff found out that a suspect order was not delivered: its money returns. Refused while the supplier
     * is being asked; afterwards nobody asks about this attempt any more.
     */
    public OrderStatus confirmFailed(OrderId id, String reason, Actor actor) throws InterruptedException {
        Order order = get(id);
        Attempt attempt = confirm(order, actor, "order.confirmed-failed", Map.of("reason", reason));
        return road.hear(order, List.of(attempt), new Outcome.Rejected(Outcome.Reason.CONFIRMED_BY_STAFF, reason));
    }

    private Attempt confirm(Order order, Actor actor, String action, Map<String, String> after) {
        return transactions.in(() -> {
            if (!claims.endChecks(order.id())) {
                throw Refusal.of(ErrorCode.STATE_CHANGED).asException();
            }
            audit.record(
                    actor,
                    action,
                    "order/" + order.id(),
                    Map.of("status", order.status().name()),
                    after);
            return store.attempts(order.id()).getLast();
        });
    }

    /** Corrects a success by hand: the price returns to the buyer, the order is REFUNDED. What it cost us stays spent. */
    public Order refund(OrderId id, String reason, Actor actor) {
        return transactions.in(() -> {
            Order order = claims.moveToRefunded(id)
                    .orElseThrow(() -> Refusal.of(ErrorCode.STATE_CHANGED).asException());
            ledger.credit(
                    order.wallet(),
                    ledger.account(AccountKind.REVENUE, order.price().currency()),
                    order.price(),
                    new Purpose(PostingKind.CORRECTION, id.value(), reason));
            audit.record(
                    actor,
                    "order.refunded",
                    "order/" + id,
                    Map.of("status", OrderStatus.SUCCESS.name()),
                    Map.of("status", OrderStatus.REFUNDED.name(), "reason", reason));
            return order;
        });
    }

    /** Orders that this process carries now, and what waits in its writers. */
    public Load load() {
        List<Integer> queued = road.queued();
        return new Load(lease.carried(), queued.get(0), queued.get(1), queued.get(2));
    }

    public record Load(int carried, int placing, int beginning, int settling) {}
}
