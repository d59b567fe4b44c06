package id.nadi.tenancy;

import id.nadi.kernel.TenantId;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The newest version of what each tenant's caches hold. A writer raises it in the act's own transaction; this process
 * knows at its commit, every other one within a second.
 */
@Component
public class CacheVersions {
    private static final Logger LOG = LoggerFactory.getLogger(CacheVersions.class);

    private record Key(TenantId tenant, String topic) {}

    private final JdbcClient jdbc;
    private final PlatformDatabase platform;
    private final Map<Key, Long> newest = new ConcurrentHashMap<>();

    CacheVersions(JdbcClient jdbc, PlatformDatabase platform) {
        this.jdbc = jdbc;
        this.platform = platform;
    }

    /** Tells every cache of the topic that the running transaction changes what it holds. */
    public void raise(String topic) {
        TenantId tenant = CurrentTenant.id();
        long version =
                jdbc.sql("""
                        INSERT INTO cache_version (tenant_id, topic) VALUES (?, ?)
                        ON CONFLICT (tenant_id, topic) DO UPDATE SET version = cache_version.version + 1
                        RETURNING version""").params(tenant.value(), topic).query(Long.class).single();
        Transactions.afterCommit(() -> newest.merge(new Key(tenant, topic), version, Math::max));
    }

    long newest(TenantId tenant, String topic) {
        return newest.getOrDefault(new Key(tenant, topic), 0L);
    }

    /** The version as the running transaction sees it; read before what it stands for. */
    long read(String topic) {
        return jdbc.sql("SELECT version FROM cache_version WHERE tenant_id = ? AND topic = ?")
                .params(CurrentTenant.id().value(), topic)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    @Scheduled(fixedDelayString = "${nadi.caches.poll:1s}")
    void poll() {
        try {
            platform.jdbc()
                    .sql("SELECT tenant_id, topic, version FROM cache_version")
                    .query(row -> {
                        Key key = new Key(new TenantId(row.getObject(1, UUID.class)), row.getString(2));
                        newest.merge(key, row.getLong(3), Math::max);
                    });
        } catch (RuntimeException unreachable) {
            LOG.warn("cache versions could not be read: {}", unreachable.getMessage());
        }
    }
}
