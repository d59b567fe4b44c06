package id.nadi.h2h;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import id.nadi.catalog.Catalog;
import id.nadi.catalog.CatalogView;
import id.nadi.catalog.Product;
import id.nadi.catalog.ProductId;
import id.nadi.kernel.Currency;
import id.nadi.kernel.Cursors;
import id.nadi.kernel.Envelope;
import id.nadi.kernel.Envelope.Listing;
import id.nadi.kernel.Page;
import id.nadi.kernel.Phrase;
import id.nadi.resellers.Quote;
import id.nadi.resellers.Resellers;
import id.nadi.tenancy.Tenants;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a partner can buy, at the partner's own prices. */
@RestController
@Tag(name = "products")
class ProductController {
    private final Catalog catalog;
    private final Resellers resellers;
    private final Tenants tenants;

    ProductController(Catalog catalog, Resellers resellers, Tenants tenants) {
        this.catalog = catalog;
        this.resellers = resellers;
        this.tenants = tenants;
    }

    record ProductView(
            String code,
            String name,
            String category,
            String brand,

            @Schema(description = "What you pay for one, in the currency's smallest used unit.")
            long price,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Currency currency,

            boolean active,

            @Schema(description = "The time of day in which it is not sold, in the shop's zone.")
            @JsonProperty("cut_off")
            @Nullable
            CutOffView cutOff) {

        static ProductView of(Product product, Quote quote) {
            Product.CutOff cutOff = product.cutOff();
            return new ProductView(
                    product.code(),
                    product.name(),
                    product.categoryName(),
                    product.brand(),
                    quote.price().amount(),
                    TransactionView.shown(quote.price().currency()),
                    product.active(),
                    cutOff == null
                            ? null
                            : new CutOffView(
                                    cutOff.from().toString(), cutOff.until().toString()));
        }
    }

    record CutOffView(
            @Schema(example = "23:30") String from,
            @Schema(example = "00:30") String until) {}

    private record Offer(Product product, Quote quote) {}

    @Operation(
            operationId = "listProducts",
            summary = "List what you can buy and at which price, by code",
            description =
                    "With changed_since only what changed in product or price since that time. Ask with a minute of"
                            + " overlap: a change is dated by its beginning.")
    @GetMapping(path = "/api/v1/products", produces = MediaType.APPLICATION_JSON_VALUE)
    Envelope<Listing<ProductView>> list(
            Partner partner,
            @RequestParam(required = false) @Nullable String category,
            @RequestParam(name = "changed_since", required = false) @Nullable String changedSince,
            @RequestParam(required = false) @Nullable String cursor,
            @Parameter(description = "1 to 200, by default 50.") @RequestParam(required = false) @Nullable String limit,
            Locale locale) {
        Instant since =
                Query.since("changed_since", changedSince, tenants.current().zone());
        int itemsMax = Query.limit(limit);
        CatalogView view = catalog.view(partner.tenant());
        List<Offer> oneMore = after(view, cursor)
                .filter(product -> category == null || product.categoryName().equalsIgnoreCase(category))
                .flatMap(product -> offer(partner, product).stream())
                .filter(offer -> since == null || !offer.quote.changedAt().isBefore(since))
                .limit(itemsMax + 1L)
                .toList();
        Page<Offer> page = Page.of(
                oneMore, itemsMax, offer -> Cursors.of(offer.product.id().value()));
        List<ProductView> items = page.items().stream()
                .map(offer -> ProductView.of(offer.product, offer.quote))
                .toList();
        return Envelope.success(Words.FOUND.in(locale), new Listing<>(items, page.nextCursor()));
    }

    /** Products by code, behind the one that the cursor names. */
    private static Stream<Product> after(CatalogView view, @Nullable String cursor) {
        UUID last = Cursors.uuid(cursor);
        if (last == null) {
            return view.products().stream();
        }
        String code = view.product(new ProductId(last))
                .orElseThrow(() -> Query.invalid("cursor", new Phrase("bukan dari kami", "not one of ours")))
                .code();
        return view.products().stream().filter(product -> product.code().compareTo(code) > 0);
    }

    private Optional<Offer> offer(Partner partner, Product product) {
        return resellers.quote(partner.tenant(), partner.member(), product).map(quote -> new Offer(product, quote));
    }
}
