package id.nadi.h2h;

import id.nadi.kernel.Envelope;
import id.nadi.kernel.Envelope.Listing;
import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Page;
import id.nadi.kernel.Phrase;
import id.nadi.kernel.Refusal;
import id.nadi.kernel.RefusedException;
import id.nadi.ledger.Ledger;
import id.nadi.ledger.Wallet;
import id.nadi.orders.Order;
import id.nadi.orders.OrderFilter;
import id.nadi.orders.OrderId;
import id.nadi.orders.OrderStatus;
import id.nadi.orders.Orders;
import id.nadi.orders.PlaceOrder;
import id.nadi.orders.Placement;
import id.nadi.tenancy.Tenants;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Orders of a partner. */
@RestController
@RequestMapping(path = "/api/v1/transactions", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "transactions")
class TransactionController {
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private final Orders orders;
    private final Ledger ledger;
    private final Tenants tenants;

    TransactionController(Orders orders, Ledger ledger, Tenants tenants) {
        this.orders = orders;
        this.ledger = ledger;
        this.tenants = tenants;
    }

    @Operation(
            operationId = "placeTransaction",
            summary = "Place an order and pay for it from your balance",
            description =
                    "A taken order answers 200. The same ref_id with the same request answers the same order in its"
                            + " current state; nothing is charged twice. After OUTCOME_UNKNOWN ask by ref_id.")
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Envelope<TransactionView> place(
            @EvenSuspended Partner partner,
            @RequestBody TransactionRequest body,
            @Parameter(description = "A W3C trace to tie the order to.")
                    @RequestHeader(name = "traceparent", required = false)
                    @Nullable
                    String traceparent,
            Locale locale) {
        PlaceOrder command = body.command(partner, TraceParent.accepted(traceparent));
        Placement placement = partner.suspension()
                .map(refusal -> orders.refuse(command, refusal))
                .orElseGet(() -> orders.place(command));
        Order order = switch (placement) {
            case Placement.Accepted accepted -> accepted.order();
            case Placement.Replayed replayed -> replayed.order();
            case Placement.Refused refused -> throw refused.refusal().asException();
            case Placement.InDoubt inDoubt ->
                throw Refusal.of(ErrorCode.OUTCOME_UNKNOWN).asException();
        };
        return Envelope.success(Words.TAKEN.in(locale), view(order, locale));
    }

    @Operation(operationId = "getTransaction", summary = "Look an order up by its trx_id or trx_code")
    @GetMapping("/{trx_id}")
    Envelope<TransactionView> show(@EvenSuspended Partner partner, @PathVariable("trx_id") String id, Locale locale) {
        Optional<Order> found =
                UUID_FORM.matcher(id).matches() ? orders.find(new OrderId(UUID.fromString(id))) : orders.findByCode(id);
        return one(partner, found, locale);
    }

    @Operation(
            operationId = "listTransactions",
            summary = "Look an order up by your ref_id, or list orders, the newest first",
            description =
                    "With ref_id the answer is that one transaction and the other parameters are ignored. Without it:"
                            + " a page of transactions. Times are those of placing, `from` inclusive, `to` exclusive; a date alone"
                            + " means that whole day in the shop's zone.")
    @GetMapping(params = "ref_id")
    Envelope<TransactionView> find(
            @EvenSuspended Partner partner, @RequestParam("ref_id") String reference, Locale locale) {
        if (!TransactionRequest.isReference(reference)) {
            throw Query.invalid("ref_id", new Phrase("1–64 [A-Za-z0-9._:/-]", "1–64 [A-Za-z0-9._:/-]"));
        }
        return one(partner, orders.findByReference(partner.member(), reference), locale);
    }

    @Operation(operationId = "listTransactions")
    @GetMapping(params = "!ref_id")
    Envelope<Listing<TransactionView>> list(
            Partner partner,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @Parameter(description = "PENDING, PROCESSING, SUCCESS, FAILED or REFUND.")
                    @RequestParam(required = false)
                    @Nullable
                    String status,
            @RequestParam(required = false) @Nullable String cursor,
            @Parameter(description = "1 to 200, by default 50.") @RequestParam(required = false) @Nullable String limit,
            Locale locale) {
        ZoneId zone = tenants.current().zone();
        Query.Period period = Query.period(from, to, zone);
        OrderFilter filter = new OrderFilter(
                partner.member(),
                period.from(),
                period.until(),
                Query.oneOf("status", status, OrderStatus.Outside.values()));
        Page<Order> page = orders.list(filter, Query.limit(limit), cursor);
        List<TransactionView> items = page.items().isEmpty() ? List.of() : views(page.items(), partner, zone, locale);
        return Envelope.success(Words.FOUND.in(locale), new Listing<>(items, page.nextCursor()));
    }

    private Envelope<TransactionView> one(Partner partner, Optional<Order> found, Locale locale) {
        Order order = found.filter(candidate -> candidate.member().equals(partner.member()))
                .orElseThrow(TransactionController::notFound);
        return Envelope.success(Words.FOUND.in(locale), view(order, locale));
    }

    private TransactionView view(Order order, Locale locale) {
        return TransactionView.of(
                order, ledger.wallet(order.wallet()), tenants.current().zone(), locale);
    }

    private List<TransactionView> views(List<Order> found, Partner partner, ZoneId zone, Locale locale) {
        Wallet wallet = ledger.walletOf(partner.member()).orElseThrow(TransactionController::notFound);
        return found.stream()
                .map(order -> TransactionView.of(order, wallet, zone, locale))
                .toList();
    }

    private static RefusedException notFound() {
        return Refusal.of(ErrorCode.NOT_FOUND).asException();
    }
}
