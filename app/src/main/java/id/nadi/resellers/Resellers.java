package id.nadi.resellers;

import id.nadi.audit.Actor;
import id.nadi.audit.AuditTrail;
import id.nadi.catalog.CategoryId;
import id.nadi.catalog.Product;
import id.nadi.catalog.ProductId;
import id.nadi.kernel.Ids;
import id.nadi.kernel.MemberId;
import id.nadi.kernel.Money;
import id.nadi.kernel.SqlValues;
import id.nadi.kernel.TenantId;
import id.nadi.tenancy.CacheVersions;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.tenancy.TenantCache;
import id.nadi.tenancy.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Levels of resellers and what their members pay. */
@Service
public class Resellers {
    private static final String TOPIC = "resellers";
    private static final int MEMBERS_CACHED_MAX = 200_000;
    private static final int TENANTS_MAX = 2_000;
    private static final Since<Markup> UNMARKED = new Since<>(Markup.NONE, Instant.EPOCH);

    /** For one product, else for its category, else (both null) for everything. */
    private record Scope(
            LevelId level, @Nullable UUID product, @Nullable UUID category) {}

    /** A markup or a level, and since when it is what it is. */
    private record Since<T>(T value, Instant changedAt) {}

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final CacheVersions versions;
    private final AuditTrail audit;
    private final TenantCache<String, Map<Scope, Since<Markup>>> markups;
    private final TenantCache<MemberId, Optional<Since<LevelId>>> levels;

    Resellers(JdbcClient jdbc, Transactions transactions, CacheVersions versions, AuditTrail audit) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.versions = versions;
        this.audit = audit;
        this.markups = new TenantCache<>(TOPIC, TENANTS_MAX, versions, transactions, topic -> loadMarkups());
        this.levels = new TenantCache<>(TOPIC, MEMBERS_CACHED_MAX, versions, transactions, this::loadLevel);
    }

    /**
     * The one price function: base cost and the markup of the member's level, the most particular that is set. Empty if
     * the member has no level, so that nobody buys at cost by accident.
     */
    public Optional<Quote> quote(TenantId tenant, MemberId member, Product product) {
        return levels.get(tenant, member).map(level -> {
            long cost = product.baseCost().amount();
            Since<Markup> markup = markup(markups.get(tenant, TOPIC), level.value, product);
            Money price = new Money(
                    Math.addExact(cost, markup.value.on(cost)),
                    product.baseCost().currency());
            Instant changedAt = latest(product.changedAt(), markup.changedAt, level.changedAt);
            return new Quote(price, product.version(), changedAt);
        });
    }

    /** The level of a member; without one they cannot buy. */
    public Optional<LevelId> levelOf(TenantId tenant, MemberId member) {
        return levels.get(tenant, member).map(Since::value);
    }

    /** Makes a level in the bound tenant. */
    public LevelId createLevel(String name, int position, Actor actor) {
        LevelId id = new LevelId(Ids.next());
        transactions.run(() -> {
            jdbc.sql("INSERT INTO reseller_level (id, tenant_id, name, position) VALUES (?, ?, ?, ?)")
                    .params(id.value(), CurrentTenant.id().value(), name, position)
                    .update();
            audit.record(actor, "level.created", "level/" + id, null, Map.of("name", name));
        });
        return id;
    }

    /** Sets what a level adds: for one product, for one category, or for everything. */
    public void setMarkup(
            LevelId level, @Nullable ProductId product, @Nullable CategoryId category, Markup markup, Actor actor) {
        transactions.run(() -> {
            jdbc.sql("""
                            INSERT INTO level_markup (id, tenant_id, level_id, product_id, category_id, fixed,
                                                      basis_points)
                            VALUES (?, ?, ?, ?, ?, ?, ?)
                            ON CONFLICT (tenant_id, level_id, product_id, category_id)
                                DO UPDATE SET fixed = excluded.fixed, basis_points = excluded.basis_points,
                                              changed_at = now()""")
                    .params(SqlValues.of(
                            Ids.next(),
                            CurrentTenant.id().value(),
                            level.value(),
                            product == null ? null : product.value(),
                            category == null ? null : category.value(),
                            markup.fixed(),
                            markup.basisPoints()))
                    .update();
            versions.raise(TOPIC);
            audit.record(
                    actor,
                    "level.markup",
                    "level/" + level,
                    null,
                    Map.of("fixed", markup.fixed(), "basisPoints", markup.basisPoints()));
        });
    }

    /** Puts a member on a level; from then on they can buy. */
    public void enrol(MemberId member, LevelId level, Actor actor) {
        transactions.run(() -> {
            jdbc.sql("""
                            INSERT INTO reseller (member_id, tenant_id, level_id) VALUES (?, ?, ?)
                            ON CONFLICT (member_id, tenant_id) DO UPDATE SET level_id = excluded.level_id, changed_at = now()""")
                    .params(member.value(), CurrentTenant.id().value(), level.value())
                    .update();
            versions.raise(TOPIC);
            audit.record(actor, "reseller.level", "member/" + member, null, Map.of("level", level.value()));
        });
    }

    private static Instant latest(Instant... times) {
        return Collections.max(Arrays.asList(times));
    }

    private static Since<Markup> markup(Map<Scope, Since<Markup>> markups, LevelId level, Product product) {
        Since<Markup> own = markups.get(new Scope(level, product.id().value(), null));
        if (own != null) {
            return own;
        }
        Since<Markup> ofCategory =
                markups.get(new Scope(level, null, product.category().value()));
        if (ofCategory != null) {
            return ofCategory;
        }
        return markups.getOrDefault(new Scope(level, null, null), UNMARKED);
    }

    private Map<Scope, Since<Markup>> loadMarkups() {
        Map<Scope, Since<Markup>> found = new HashMap<>();
        jdbc.sql("SELECT level_id, product_id, category_id, fixed, basis_points, changed_at FROM level_markup")
                .query(row -> {
                    found.put(
                            new Scope(
                                    new LevelId(row.getObject(1, UUID.class)),
                                    row.getObject(2, UUID.class),
                                    row.getObject(3, UUID.class)),
                            new Since<>(new Markup(row.getLong(4), row.getInt(5)), instant(row, 6)));
                });
        return Map.copyOf(found);
    }

    private Optional<Since<LevelId>> loadLevel(MemberId member) {
        return jdbc.sql("SELECT level_id, changed_at FROM reseller WHERE member_id = ?")
                .param(member.value())
                .query((row, number) -> new Since<>(new LevelId(row.getObject(1, UUID.class)), instant(row, 2)))
                .optional();
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
