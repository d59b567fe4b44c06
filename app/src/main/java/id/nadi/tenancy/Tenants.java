package id.nadi.tenancy;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import id.nadi.kernel.Currency;
import id.nadi.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Finds tenants by what a door knows of them, and makes new ones. */
@Service
public class Tenants {
    private static final Pattern SLUG = Pattern.compile("[a-z][a-z0-9-]{1,30}[a-z0-9]");
    private static final Duration KNOWN_FOR = Duration.ofSeconds(30);

    private final PlatformDatabase platform;
    private final LoadingCache<String, Optional<TenantId>> bySlug;
    private final LoadingCache<TenantId, Tenant> byId;

    Tenants(JdbcClient jdbc, Transactions transactions, PlatformDatabase platform) {
        this.platform = platform;
        // Names that nobody has are asked for by strangers, so what is remembered is bounded.
        this.bySlug = Caffeine.newBuilder()
                .maximumSize(10_000)
                .expireAfterWrite(KNOWN_FOR)
                .build(slug -> jdbc.sql("SELECT id FROM find_tenant(?) AS found (id) WHERE id IS NOT NULL")
                        .param(slug)
                        .query((row, number) -> new TenantId(row.getObject(1, UUID.class)))
                        .optional());
        this.byId = Caffeine.newBuilder()
                .maximumSize(10_000)
                .expireAfterWrite(KNOWN_FOR)
                .build(id -> transactions.in(
                        id,
                        () -> jdbc.sql("SELECT id, slug, name, zone, currency FROM tenant WHERE id = ?")
                                .param(id.value())
                                .query(Tenants::read)
                                .single()));
    }

    /** Whose name in addresses this is. */
    public Optional<TenantId> bySlug(String slug) {
        return SLUG.matcher(slug).matches() ? bySlug.get(slug) : Optional.empty();
    }

    /** The tenant of that id, which must exist. */
    public Tenant get(TenantId id) {
        return byId.get(id);
    }

    /** The tenant that the running work belongs to. */
    public Tenant current() {
        return get(CurrentTenant.id());
    }

    /** Every tenant, for the platform's own pages and jobs. */
    public List<Tenant> all() {
        return platform.jdbc()
                .sql("SELECT id, slug, name, zone, currency FROM tenant ORDER BY id")
                .query(Tenants::read)
                .list();
    }

    /** Makes a tenant; its name in addresses must be free. */
    public Tenant create(String slug, String name, ZoneId zone, Currency currency) {
        Tenant tenant = new Tenant(TenantId.next(), slug, name, zone, currency);
        platform.jdbc()
                .sql("INSERT INTO tenant (id, slug, name, zone, currency) VALUES (?, ?, ?, ?, ?)")
                .params(tenant.id().value(), slug, name, zone.getId(), currency.name())
                .update();
        bySlug.invalidate(slug);
        return tenant;
    }

    private static Tenant read(ResultSet row, int number) throws SQLException {
        return new Tenant(
                new TenantId(row.getObject("id", UUID.class)),
                row.getString("slug"),
                row.getString("name"),
                ZoneId.of(row.getString("zone")),
                Currency.valueOf(row.getString("currency")));
    }
}
