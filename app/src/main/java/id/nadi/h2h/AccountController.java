package id.nadi.h2h;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import id.nadi.kernel.Currency;
import id.nadi.kernel.Envelope;
import id.nadi.kernel.Envelope.Listing;
import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Page;
import id.nadi.kernel.Refusal;
import id.nadi.ledger.Ledger;
import id.nadi.ledger.StatementLine;
import id.nadi.ledger.Wallet;
import id.nadi.orders.Order;
import id.nadi.orders.OrderId;
import id.nadi.orders.Orders;
import id.nadi.tenancy.Tenants;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A partner's money: what there is, and how it moved. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "balance")
class AccountController {
    private final Ledger ledger;
    private final Orders orders;
    private final Tenants tenants;

    AccountController(Ledger ledger, Orders orders, Tenants tenants) {
        this.ledger = ledger;
        this.orders = orders;
        this.tenants = tenants;
    }

    record BalanceView(
            @Schema(description = "All of the money in your wallet.")
            long balance,

            @Schema(description = "What of it is set aside.")
            long held,

            @Schema(description = "What can be spent now.") long available,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Currency currency) {}

    @Operation(operationId = "getBalance", summary = "Ask for your balance")
    @GetMapping("/balance")
    Envelope<BalanceView> balance(Partner partner, Locale locale) {
        Wallet wallet = wallet(partner);
        return Envelope.success(
                Words.FOUND.in(locale),
                new BalanceView(
                        wallet.posted(),
                        wallet.held(),
                        wallet.available().amount(),
                        TransactionView.shown(wallet.currency())));
    }

    /** As banks print it for the customer of a deposit: the trade calls money that comes in a debit. */
    enum Direction {
        DEBIT,
        CREDIT
    }

    record MutationView(
            @Schema(description = "DEBIT: money in. CREDIT: money out.")
            Direction type,

            long amount,
            @JsonProperty("balance_before") long balanceBefore,
            @JsonProperty("balance_after") long balanceAfter,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Currency currency,

            String description,

            @Schema(description = "For orders the trx_code, otherwise the id of what it belongs to.")
            String reference,

            @JsonProperty("created_at") OffsetDateTime createdAt) {

        static MutationView of(StatementLine line, @Nullable Order order, Wallet wallet, ZoneId zone, Locale locale) {
            return new MutationView(
                    line.direction() == StatementLine.Direction.IN ? Direction.DEBIT : Direction.CREDIT,
                    line.amount(),
                    line.before(),
                    line.after(),
                    TransactionView.shown(wallet.currency()),
                    description(line, order, locale),
                    order == null ? line.subject().toString() : order.code(),
                    TransactionView.shown(line.at(), zone));
        }

        private static String description(StatementLine line, @Nullable Order order, Locale locale) {
            String what = Words.of(line.kind(), locale);
            if (order != null) {
                what += ": " + order.productCode() + " " + order.destination() + " (" + order.reference() + ")";
            }
            return line.memo() == null ? what : what + ": " + line.memo();
        }
    }

    @Operation(
            operationId = "listMutations",
            summary = "List the movements of your balance, the newest first",
            description = "`from` inclusive, `to` exclusive; a date alone means that whole day in the shop's zone.")
    @GetMapping("/mutations")
    Envelope<Listing<MutationView>> mutations(
            Partner partner,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String cursor,
            @Parameter(description = "1 to 200, by default 50.") @RequestParam(required = false) @Nullable String limit,
            Locale locale) {
        ZoneId zone = tenants.current().zone();
        Query.Period period = Query.period(from, to, zone);
        Wallet wallet = wallet(partner);
        Page<StatementLine> page =
                ledger.statement(wallet.id(), period.from(), period.until(), Query.limit(limit), cursor);
        Map<UUID, Order> known = ordersOf(page.items());
        List<MutationView> items = page.items().stream()
                .map(line -> MutationView.of(line, known.get(line.subject()), wallet, zone, locale))
                .toList();
        return Envelope.success(Words.FOUND.in(locale), new Listing<>(items, page.nextCursor()));
    }

    private Map<UUID, Order> ordersOf(List<StatementLine> lines) {
        List<OrderId> ids = lines.stream()
                .map(line -> new OrderId(line.subject()))
                .distinct()
                .toList();
        return orders.find(ids).stream()
                .collect(Collectors.toMap(order -> order.id().value(), Function.identity()));
    }

    private Wallet wallet(Partner partner) {
        return ledger.walletOf(partner.member())
                .orElseThrow(() -> Refusal.of(ErrorCode.WALLET_MISSING).asException());
    }
}
