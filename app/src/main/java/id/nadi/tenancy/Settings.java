package id.nadi.tenancy;

import id.nadi.kernel.TenantId;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** What a tenant has chosen for itself; each setting has a default that holds until it is changed. */
@Service
public class Settings {
    private static final String TOPIC = "settings";

    private final JdbcClient jdbc;
    private final CacheVersions versions;
    private final TenantCache<String, Map<String, String>> values;

    Settings(JdbcClient jdbc, CacheVersions versions, Transactions transactions) {
        this.jdbc = jdbc;
        this.versions = versions;
        this.values = new TenantCache<>(TOPIC, 10_000, versions, transactions, topic -> load());
    }

    public <T> T get(TenantId tenant, Setting<T> setting) {
        String value = values.get(tenant, TOPIC).get(setting.name());
        return value == null ? setting.fallback() : setting.parse().apply(value);
    }

    /** Changes a setting in the running transaction of the bound tenant. */
    public <T> void set(Setting<T> setting, T value) {
        jdbc.sql("""
                        INSERT INTO tenant_setting (tenant_id, name, value) VALUES (?, ?, ?)
                        ON CONFLICT (tenant_id, name) DO UPDATE SET value = excluded.value""")
                .params(CurrentTenant.id().value(), setting.name(), value.toString())
                .update();
        versions.raise(TOPIC);
    }

    private Map<String, String> load() {
        Map<String, String> found = new HashMap<>();
        jdbc.sql("SELECT name, value FROM tenant_setting").query(row -> {
            found.put(row.getString(1), row.getString(2));
        });
        return Map.copyOf(found);
    }
}
