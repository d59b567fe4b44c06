package id.nadi.catalog;

import id.nadi.audit.Actor;
import id.nadi.audit.AuditTrail;
import id.nadi.catalog.Product.CutOff;
import id.nadi.kernel.Currency;
import id.nadi.kernel.Ids;
import id.nadi.kernel.Money;
import id.nadi.kernel.SqlValues;
import id.nadi.kernel.TenantId;
import id.nadi.tenancy.CacheVersions;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.tenancy.TenantCache;
import id.nadi.tenancy.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The catalogue of tenants: read from memory, changed in a transaction of the bound tenant. */
@Service
public class Catalog {
    /** What caches of the catalogue and of what is made from it hang on. */
    public static final String TOPIC = "catalog";

    private static final int TENANTS_MAX = 2_000;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final CacheVersions versions;
    private final AuditTrail audit;
    private final TenantCache<String, CatalogView> views;

    Catalog(JdbcClient jdbc, Transactions transactions, CacheVersions versions, AuditTrail audit) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.versions = versions;
        this.audit = audit;
        this.views = new TenantCache<>(TOPIC, TENANTS_MAX, versions, transactions, topic -> load());
    }

    public CatalogView view(TenantId tenant) {
        return views.get(tenant, TOPIC);
    }

    /** Adds products or changes those that have the code already; answers how many were added or changed. */
    public int save(Collection<ProductDraft> drafts, Actor actor) {
        return transactions.in(() -> {
            Map<String, CategoryId> categories = new HashMap<>();
            int changed = 0;
            for (ProductDraft draft : drafts) {
                CategoryId category = categories.computeIfAbsent(draft.category(), this::category);
                changed += save(draft, category);
            }
            if (changed > 0) {
                versions.raise(TOPIC);
                audit.record(actor, "catalog.saved", "catalog", null, Map.of("products", changed));
            }
            return changed;
        });
    }

    /** Every product's id by its code, as the running transaction sees them. */
    public Map<String, ProductId> ids() {
        Map<String, ProductId> ids = new HashMap<>();
        jdbc.sql("SELECT code, id FROM product").query(row -> {
            ids.put(row.getString(1), new ProductId(row.getObject(2, UUID.class)));
        });
        return ids;
    }

    /** Opens or closes a product. */
    public void setActive(ProductId product, boolean active, Actor actor) {
        transactions.run(() -> {
            jdbc.sql("UPDATE product SET active = ?, updated_at = now() WHERE id = ?")
                    .params(active, product.value())
                    .update();
            versions.raise(TOPIC);
            audit.record(actor, "product.active", "product/" + product, null, Map.of("active", active));
        });
    }

    /** Replaces the operators' prefixes. */
    public void setPrefixes(Map<String, String> operatorByPrefix, Actor actor) {
        transactions.run(() -> {
            jdbc.sql("DELETE FROM operator_prefix").update();
            operatorByPrefix.forEach((prefix, operator) -> jdbc.sql(
                            "INSERT INTO operator_prefix (tenant_id, prefix, operator) VALUES (?, ?, ?)")
                    .params(CurrentTenant.id().value(), prefix, operator)
                    .update());
            versions.raise(TOPIC);
            audit.record(actor, "prefixes.saved", "catalog", null, Map.of("prefixes", operatorByPrefix.size()));
        });
    }

    /** Refuses a destination from now on. */
    public void block(String destination, String reason, Actor actor) {
        transactions.run(() -> {
            jdbc.sql("""
                            INSERT INTO blocked_destination (tenant_id, destination, reason) VALUES (?, ?, ?)
                            ON CONFLICT (tenant_id, destination) DO NOTHING""")
                    .params(CurrentTenant.id().value(), destination, reason)
                    .update();
            versions.raise(TOPIC);
            audit.record(actor, "destination.blocked", "destination/" + destination, null, Map.of("reason", reason));
        });
    }

    private CategoryId category(String name) {
        UUID id = jdbc.sql("""
                        INSERT INTO category (id, tenant_id, name) VALUES (?, ?, ?)
                        ON CONFLICT (tenant_id, name) DO UPDATE SET name = excluded.name RETURNING id""")
                .params(Ids.next(), CurrentTenant.id().value(), name)
                .query(UUID.class)
                .single();
        return new CategoryId(id);
    }

    private int save(ProductDraft draft, CategoryId category) {
        CutOff cutOff = draft.cutOff();
        return jdbc.sql("""
                        INSERT INTO product AS p (id, tenant_id, code, name, category_id, brand, fulfilment, destination,
                                                  base_cost, currency, quantity_max, active, cut_off_from,
                                                  cut_off_until, description)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (tenant_id, code) DO UPDATE
                           SET name = excluded.name, category_id = excluded.category_id, brand = excluded.brand,
                               fulfilment = excluded.fulfilment, destination = excluded.destination,
                               base_cost = excluded.base_cost, quantity_max = excluded.quantity_max,
                               active = excluded.active, cut_off_from = excluded.cut_off_from,
                               cut_off_until = excluded.cut_off_until, description = excluded.description,
                               version = p.version + 1, updated_at = now()
                         WHERE (p.name, p.category_id, p.brand, p.fulfilment, p.destination, p.base_cost,
                                p.quantity_max, p.active, p.cut_off_from, p.cut_off_until, p.description)
                               IS DISTINCT FROM
                               (excluded.name, excluded.category_id, excluded.brand, excluded.fulfilment,
                                excluded.destination, excluded.base_cost, excluded.quantity_max, excluded.active,
                                excluded.cut_off_from, excluded.cut_off_until, excluded.description)""")
                .params(SqlValues.of(
                        Ids.next(),
                        CurrentTenant.id().value(),
                        draft.code().toUpperCase(Locale.ROOT),
                        draft.name(),
                        category.value(),
                        draft.brand(),
                        draft.fulfilment(),
                        draft.destination().name(),
                        draft.baseCost().amount(),
                        draft.baseCost().currency().name(),
                        draft.quantityMax(),
                        draft.active(),
                        cutOff == null ? null : cutOff.from(),
                        cutOff == null ? null : cutOff.until(),
                        draft.description()))
                .update();
    }

    private CatalogView load() {
        Map<String, Product> byCode = new TreeMap<>();
        Map<ProductId, Product> byId = new HashMap<>();
        jdbc.sql("""
                        SELECT p.*, c.name AS category_name FROM product p JOIN category c ON c.id = p.category_id""").query((row, number) -> read(row)).list().forEach(product -> {
            byCode.put(product.code(), product);
            byId.put(product.id(), product);
        });
        Map<String, String> prefixes = new HashMap<>();
        jdbc.sql("SELECT prefix, operator FROM operator_prefix").query(row -> {
            prefixes.put(row.getString(1), row.getString(2));
        });
        Set<String> blocked = new HashSet<>(jdbc.sql("SELECT destination FROM blocked_destination")
                .query(String.class)
                .list());
        return new CatalogView(byCode, byId, prefixes, blocked);
    }

    private static Product read(ResultSet row) throws SQLException {
        return new Product(
                new ProductId(row.getObject("id", UUID.class)),
                row.getString("code"),
                row.getString("name"),
                new CategoryId(row.getObject("category_id", UUID.class)),
                row.getString("category_name"),
                row.getString("brand"),
                row.getString("fulfilment"),
                DestinationKind.valueOf(row.getString("destination")),
                new Money(row.getLong("base_cost"), Currency.valueOf(row.getString("currency"))),
                row.getInt("quantity_max"),
                row.getBoolean("active"),
                CutOff.of(
                        row.getObject("cut_off_from", LocalTime.class),
                        row.getObject("cut_off_until", LocalTime.class)),
                row.getString("description"),
                row.getLong("version"),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
