package id.nadi.suppliers;

import id.nadi.audit.Actor;
import id.nadi.audit.AuditTrail;
import id.nadi.catalog.Catalog;
import id.nadi.catalog.DestinationKind;
import id.nadi.catalog.Product;
import id.nadi.catalog.ProductDraft;
import id.nadi.catalog.ProductId;
import id.nadi.kernel.Currency;
import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Hashes;
import id.nadi.kernel.Ids;
import id.nadi.kernel.Money;
import id.nadi.kernel.Refusal;
import id.nadi.kernel.TenantId;
import id.nadi.ledger.AccountKind;
import id.nadi.ledger.Ledger;
import id.nadi.ledger.PostingKind;
import id.nadi.ledger.Purpose;
import id.nadi.orders.OrderId;
import id.nadi.suppliers.SupplierAdapter.Offer;
import id.nadi.suppliers.SupplierCalls.About;
import id.nadi.tenancy.CacheVersions;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.tenancy.PlatformDatabase;
import id.nadi.tenancy.TenantCache;
import id.nadi.tenancy.Transactions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** The suppliers of the bound tenant. */
@Service
public class Suppliers {
    /** What caches of suppliers and of what they offer hang on. */
    static final String TOPIC = "suppliers";

    private static final int TENANTS_MAX = 2_000;
    private static final int PRODUCTS_CACHED_MAX = 200_000;
    private static final Duration ASKING_TIMEOUT = Duration.ofSeconds(30);

    private final SupplierStore store;
    private final SupplierCalls calls;
    private final Catalog catalog;
    private final Ledger ledger;
    private final Transactions transactions;
    private final CacheVersions versions;
    private final PlatformDatabase platform;
    private final AuditTrail audit;
    private final Map<String, SupplierAdapter> adapters;
    private final TenantCache<String, Map<SupplierId, Supplier>> suppliers;
    private final TenantCache<ProductId, List<Mapping>> mappings;

    Suppliers(
            SupplierStore store,
            SupplierCalls calls,
            Catalog catalog,
            Ledger ledger,
            Transactions transactions,
            CacheVersions versions,
            PlatformDatabase platform,
            AuditTrail audit,
            List<SupplierAdapter> adapters) {
        this.store = store;
        this.calls = calls;
        this.catalog = catalog;
        this.ledger = ledger;
        this.transactions = transactions;
        this.versions = versions;
        this.platform = platform;
        this.audit = audit;
        this.adapters = adapters.stream().collect(Collectors.toMap(SupplierAdapter::name, Function.identity()));
        this.suppliers = new TenantCache<>(
                TOPIC,
                TENANTS_MAX,
                versions,
                transactions,
                topic -> store.all().stream().collect(Collectors.toMap(Supplier::id, Function.identity())));
        this.mappings = new TenantCache<>(TOPIC, PRODUCTS_CACHED_MAX, versions, transactions, store::mappings);
    }

    /** Adds a supplier that speaks a known protocol; its callback address comes into being with it. */
    public Supplier add(String name, String adapter, URI baseUrl, Map<String, String> credentials, Actor actor) {
        if (!adapters.containsKey(adapter)) {
            throw Refusal.of(ErrorCode.FIELD_INVALID, "adapter", adapter).asException();
        }
        Supplier supplier = new Supplier(
                new SupplierId(Ids.next()),
                CurrentTenant.id(),
                name,
                adapter,
                baseUrl,
                Map.copyOf(credentials),
                Hashes.token(24),
                true);
        transactions.run(() -> {
            store.insert(supplier);
            versions.raise(TOPIC);
            audit.record(
                    actor,
                    "supplier.added",
                    "supplier/" + supplier.id(),
                    null,
                    Map.of("name", name, "adapter", adapter, "baseUrl", baseUrl.toString()));
        });
        return supplier;
    }

    /** Changes where a supplier is reached and what it is signed with. */
    public void reconnect(SupplierId id, URI baseUrl, Map<String, String> credentials, Actor actor) {
        transactions.run(() -> {
            store.update(id, baseUrl, credentials);
            versions.raise(TOPIC);
            audit.record(actor, "supplier.reconnected", "supplier/" + id, null, Map.of("baseUrl", baseUrl.toString()));
        });
    }

    /** Uses a supplier or passes it over from now on. */
    public void setActive(SupplierId id, boolean active, Actor actor) {
        transactions.run(() -> {
            store.setActive(id, active);
            versions.raise(TOPIC);
            audit.record(actor, "supplier.active", "supplier/" + id, null, Map.of("active", active));
        });
    }

    /** Records that our deposit at a supplier was topped up from the bank. */
    public void fund(SupplierId id, Money money, Actor actor) {
        transactions.run(() -> {
            ledger.post(
                    // The deposit is what we own there: it is debited by what comes in and credited by each purchase.
                    ledger.account(AccountKind.SUPPLIER_DEPOSIT, id.value(), money.currency()),
                    ledger.account(AccountKind.BANK, money.currency()),
                    money,
                    Purpose.of(PostingKind.SUPPLIER_FUNDED, Ids.next()));
            audit.record(actor, "supplier.funded", "supplier/" + id, null, Map.of("amount", money.amount()));
        });
    }

    public List<Supplier> all() {
        return List.copyOf(suppliers.get(CurrentTenant.id(), TOPIC).values());
    }

    public Optional<Supplier> find(SupplierId id) {
        return Optional.ofNullable(suppliers.get(CurrentTenant.id(), TOPIC).get(id));
    }

    public Optional<SupplierState> state(SupplierId id) {
        return transactions.in(() -> store.state(id));
    }

    /** What was said about an order, the oldest first. */
    public List<SupplierCall> callsAbout(OrderId order) {
        return transactions.in(() -> calls.about(order));
    }

    /** The supplier whose messages come to that address of the bound tenant. */
    Optional<Supplier> byConnection(String adapter, String connectionKey) {
        return all().stream()
                .filter(supplier -> supplier.adapter().equals(adapter))
                .filter(supplier -> Hashes.same(supplier.connectionKey(), connectionKey))
                .findFirst();
    }

    SupplierAdapter adapter(Supplier supplier) {
        SupplierAdapter adapter = adapters.get(supplier.adapter());
        if (adapter == null) {
            throw new IllegalStateException("nothing speaks " + supplier.adapter());
        }
        return adapter;
    }

    List<Mapping> mappings(TenantId tenant, ProductId product) {
        return mappings.get(tenant, product);
    }

    /** Asks for our balance there and keeps it; empty if the supplier did not say. */
    public Optional<Long> refreshBalance(SupplierId id) {
        Supplier supplier =
                find(id).orElseThrow(() -> Refusal.of(ErrorCode.NOT_FOUND).asException());
        SupplierAdapter adapter = adapter(supplier);
        Optional<Long> balance = calls.call(
                supplier, adapter.balance(supplier), ASKING_TIMEOUT, About.supplier("BALANCE"), adapter::readBalance);
        transactions.run(() -> balance.ifPresentOrElse(
                amount -> store.setBalance(id, amount), () -> store.setError(id, "the balance could not be read")));
        return balance;
    }

    /** What a refresh of the catalogue did. */
    public record Refreshed(int offered, int changed, int closed) {}

    /**
     * Fetches the supplier's price list: costs, stock and availability of what we map, and products for what we do not have
     * yet. Base costs follow the cheapest open offer. Empty if the supplier's limit does not allow it yet or it did not
     * answer with a list.
     */
    public Optional<Refreshed> refreshCatalogue(SupplierId id, Actor actor) {
        Supplier supplier =
                find(id).orElseThrow(() -> Refusal.of(ErrorCode.NOT_FOUND).asException());
        SupplierAdapter adapter = adapter(supplier);
        boolean allowed = transactions.in(
                () -> store.beginCatalogue(id, adapter.priceListInterval().toSeconds()));
        if (!allowed) {
            return Optional.empty();
        }
        Optional<List<Offer>> list = calls.call(
                supplier,
                adapter.priceList(supplier),
                ASKING_TIMEOUT,
                About.supplier("PRICE_LIST"),
                adapter::readPriceList);
        if (list.isEmpty()) {
            transactions.run(() -> store.setError(id, "the price list could not be read"));
            return Optional.empty();
        }
        return Optional.of(transactions.in(() -> take(supplier, list.get(), actor)));
    }

    private Refreshed take(Supplier supplier, List<Offer> offers, Actor actor) {
        Currency currency = Currency.IDR;
        int changed = catalog.save(
                offers.stream().map(offer -> draft(offer, currency)).toList(), actor);
        Map<String, ProductId> products = catalog.ids();
        for (Offer offer : offers) {
            ProductId product = products.get(offer.code().toUpperCase(Locale.ROOT));
            if (product != null) {
                store.saveMapping(supplier.id(), product, offer);
            }
        }
        int closed = store.closeMissing(
                supplier.id(), offers.stream().map(Offer::code).toList());
        versions.raise(TOPIC);
        return new Refreshed(offers.size(), changed, closed);
    }

    private static ProductDraft draft(Offer offer, Currency currency) {
        return new ProductDraft(
                offer.code(),
                offer.name(),
                offer.category(),
                offer.brand(),
                SupplierFulfilment.NAME,
                destination(offer),
                new Money(offer.price(), currency),
                1,
                offer.available(),
                Product.CutOff.of(offer.cutOffFrom(), offer.cutOffUntil()),
                offer.description());
    }

    /** Suppliers do not say what kind of destination a product takes; their categories do. */
    private static DestinationKind destination(Offer offer) {
        return switch (offer.category().toLowerCase(Locale.ROOT)) {
            case "pulsa", "data", "paket sms & telpon", "e-money", "masa aktif", "aktivasi voucher" ->
                DestinationKind.PHONE;
            case "pln" -> DestinationKind.METER;
            default -> DestinationKind.ACCOUNT;
        };
    }

    /** Every supplier in use, of all tenants, for recurring work. */
    List<TenantSupplier> inUse() {
        return platform.jdbc()
                .sql("SELECT tenant_id, id FROM supplier WHERE active ORDER BY id")
                .query((row, number) -> new TenantSupplier(
                        new TenantId(row.getObject(1, UUID.class)), new SupplierId(row.getObject(2, UUID.class))))
                .list();
    }

    record TenantSupplier(TenantId tenant, SupplierId supplier) {}
}
