package id.nadi.identity;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import id.nadi.audit.Actor;
import id.nadi.audit.AuditTrail;
import id.nadi.kernel.Hashes;
import id.nadi.kernel.Ids;
import id.nadi.kernel.MemberId;
import id.nadi.kernel.SecretBox;
import id.nadi.kernel.TenantId;
import id.nadi.tenancy.CacheVersions;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.tenancy.TenantCache;
import id.nadi.tenancy.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Keys of partners' servers. A key names its tenant and member by itself. */
@Service
public class ApiKeys {
    static final String TOPIC = "api-keys";
    private static final int CACHED_MAX = 50_000;

    private record Owner(TenantId tenant, UUID id) {}

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final SecretBox secrets;
    private final AuditTrail audit;
    private final CacheVersions versions;
    private final LoadingCache<String, Optional<Owner>> owners;
    private final TenantCache<UUID, Optional<ApiKey>> keys;

    ApiKeys(JdbcClient jdbc, Transactions transactions, SecretBox secrets, AuditTrail audit, CacheVersions versions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.secrets = secrets;
        this.audit = audit;
        this.versions = versions;
        this.owners = Caffeine.newBuilder()
                .maximumSize(CACHED_MAX)
                .expireAfterWrite(Duration.ofSeconds(10))
                .build(key -> jdbc.sql("SELECT tenant, id FROM find_api_key(?)")
                        .param(key)
                        .query((row, number) -> new Owner(
                                new TenantId(row.getObject("tenant", UUID.class)), row.getObject("id", UUID.class)))
                        .optional());
        this.keys = new TenantCache<>(TOPIC, CACHED_MAX, versions, transactions, this::load);
    }

    /** Makes a key for a member; the answer is the only time its secret is shown. */
    public ApiKey issue(MemberId member, String name, Set<String> addresses, Rates rates, Actor actor) {
        UUID id = Ids.next();
        String key = "nk_" + Hashes.token(18);
        String secret = Hashes.token(32);
        transactions.run(() -> {
            jdbc.sql("""
                            INSERT INTO api_key (id, tenant_id, key, member_id, name, secret_sealed, addresses,
                                                 orders_per_minute, reads_per_minute)
                            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                    .params(
                            id,
                            CurrentTenant.id().value(),
                            key,
                            member.value(),
                            name,
                            secrets.seal(secret, place(id)),
                            addresses.toArray(String[]::new),
                            rates.ordersPerMinute(),
                            rates.readsPerMinute())
                    .update();
            versions.raise(TOPIC);
            audit.record(actor, "api-key.issued", "api-key/" + id, null, Map.of("key", key, "member", member.value()));
        });
        return new ApiKey(
                id,
                CurrentTenant.id(),
                member,
                Member.State.ACTIVE,
                key,
                secret,
                Set.copyOf(addresses),
                rates.ordersPerMinute(),
                rates.readsPerMinute());
    }

    /** How often a key may be used in a minute: orders, and everything that only reads. */
    public record Rates(int ordersPerMinute, int readsPerMinute) {
        public static final Rates USUAL = new Rates(60, 120);
    }

    /** The key, if it exists and has not been revoked. No tenant need be bound. */
    public Optional<ApiKey> find(String key) {
        return owners.get(key).flatMap(owner -> keys.get(owner.tenant, owner.id));
    }

    /** Revokes a key of the bound tenant; every process refuses it within a second. */
    public void revoke(UUID id, Actor actor) {
        transactions.run(() -> {
            jdbc.sql("UPDATE api_key SET revoked_at = now() WHERE id = ? AND revoked_at IS NULL")
                    .param(id)
                    .update();
            versions.raise(TOPIC);
            audit.record(actor, "api-key.revoked", "api-key/" + id, null, null);
        });
    }

    private Optional<ApiKey> load(UUID id) {
        return jdbc.sql("""
                        SELECT k.id, k.tenant_id, k.member_id, m.state, k.key, k.secret_sealed, k.addresses,
                               k.orders_per_minute, k.reads_per_minute
                          FROM api_key k JOIN member m ON m.id = k.member_id
                         WHERE k.id = ? AND k.revoked_at IS NULL""").param(id).query(this::read).optional();
    }

    private ApiKey read(ResultSet row, int number) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        return new ApiKey(
                id,
                new TenantId(row.getObject("tenant_id", UUID.class)),
                new MemberId(row.getObject("member_id", UUID.class)),
                Member.State.values()[row.getInt("state")],
                row.getString("key"),
                secrets.open(row.getBytes("secret_sealed"), place(id)),
                Set.of((String[]) row.getArray("addresses").getArray()),
                row.getInt("orders_per_minute"),
                row.getInt("reads_per_minute"));
    }

    private static String place(UUID id) {
        return "api-key/" + id;
    }
}
