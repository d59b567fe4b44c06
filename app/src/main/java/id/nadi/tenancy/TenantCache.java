package id.nadi.tenancy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import id.nadi.kernel.TenantId;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Values of tenants, loaded when they are first asked for and again when their topic's version has moved.
 *
 * @param <K> which of a tenant's values
 * @param <V> an immutable value
 */
public final class TenantCache<K, V> {
    private static final Duration UNUSED_MAX = Duration.ofMinutes(30);

    private record Key<K>(TenantId tenant, K key) {}

    private record Versioned<V>(long version, V value) {}

    private final String topic;
    private final CacheVersions versions;
    private final Transactions transactions;
    private final Function<K, V> loader;
    private final Cache<Key<K>, Versioned<V>> values;

    /** The loader reads the database in a transaction of the tenant. */
    public TenantCache(
            String topic, int valuesMax, CacheVersions versions, Transactions transactions, Function<K, V> loader) {
        this.topic = topic;
        this.versions = versions;
        this.transactions = transactions;
        this.loader = loader;
        this.values = Caffeine.newBuilder()
                .maximumSize(valuesMax)
                .expireAfterAccess(UNUSED_MAX)
                .build();
    }

    public V get(TenantId tenant, K key) {
        Key<K> place = new Key<>(tenant, key);
        Versioned<V> held = values.getIfPresent(place);
        if (held != null && held.version >= versions.newest(tenant, topic)) {
            return held.value;
        }
        // The version is read first: what is read after it is at least as new.
        Versioned<V> loaded = transactions.in(tenant, () -> new Versioned<>(versions.read(topic), loader.apply(key)));
        // A running transaction may have seen what it has not committed, and may never commit.
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            values.asMap().merge(place, loaded, (old, fresh) -> old.version > fresh.version ? old : fresh);
        }
        return loaded.value;
    }
}
