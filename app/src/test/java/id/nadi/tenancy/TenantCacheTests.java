package id.nadi.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import id.nadi.kernel.TenantId;
import id.nadi.testing.IntegrationTest;
import id.nadi.testing.Shop;
import id.nadi.testing.Sql;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@IntegrationTest
class TenantCacheTests {
    private static final String TOPIC = "settings";
    private static final Setting<Integer> LIMIT = Setting.number("test.limit", 7);
    private static final Setting<Boolean> SWITCH = Setting.flag("test.switch", false);

    @Autowired
    CacheVersions versions;

    @Autowired
    Transactions transactions;

    @Autowired
    Settings settings;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Shop shop;

    private TenantId tenant = TenantId.next();

    @BeforeEach
    void openAShop() {
        tenant = shop.open().tenant().id();
    }

    @Test
    void aSettingHoldsItsDefaultUntilItIsSetAndIsItsTenantsOwn() {
        TenantId other = shop.open().tenant().id();
        assertThat(settings.get(tenant, LIMIT)).isEqualTo(7);
        assertThat(settings.get(tenant, SWITCH)).isFalse();
        CurrentTenant.run(
                tenant,
                () -> transactions.run(() -> {
                    settings.set(LIMIT, 12);
                    settings.set(SWITCH, true);
                }));
        assertThat(settings.get(tenant, LIMIT)).isEqualTo(12);
        assertThat(settings.get(tenant, SWITCH)).isTrue();
        assertThat(settings.get(other, LIMIT)).isEqualTo(7);
    }

    @Test
    void loadsOnceUntilItsTopicMoves() {
        AtomicInteger loads = new AtomicInteger();
        TenantCache<String, Integer> cache =
                new TenantCache<>(TOPIC, 100, versions, transactions, key -> loads.incrementAndGet());
        assertThat(cache.get(tenant, "a")).isEqualTo(1);
        assertThat(cache.get(tenant, "a")).isEqualTo(1);
        set(3);
        assertThat(cache.get(tenant, "a")).isEqualTo(2);
        CurrentTenant.run(tenant, () -> transactions.run(() -> versions.raise("another topic")));
        assertThat(cache.get(tenant, "a")).isEqualTo(2);
    }

    /** A value that was read before a change and arrives after it must not be taken for the new one. */
    @Test
    void aSlowLoadDoesNotHideAChange() throws Exception {
        set(1);
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger loads = new AtomicInteger();
        TenantCache<String, String> cache = new TenantCache<>(TOPIC, 100, versions, transactions, key -> {
            String value = stored();
            if (loads.getAndIncrement() == 0) {
                read.countDown();
                awaitLatch(go);
            }
            return value;
        });
        CompletableFuture<String> slow =
                CompletableFuture.supplyAsync(() -> cache.get(tenant, "a"), Thread::startVirtualThread);
        awaitLatch(read);
        set(2);
        assertThat(cache.get(tenant, "a")).isEqualTo("2");
        go.countDown();
        assertThat(slow.get(10, TimeUnit.SECONDS)).isEqualTo("1");
        assertThat(cache.get(tenant, "a")).isEqualTo("2");
    }

    /** What a transaction has seen of itself is not remembered: it may never commit. */
    @Test
    void aChangeThatIsRolledBackLeavesNothingBehind() {
        set(1);
        assertThatThrownBy(() -> transactions.in(tenant, () -> {
                    settings.set(LIMIT, 99);
                    assertThat(settings.get(tenant, LIMIT)).isIn(1, 99);
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");
        assertThat(settings.get(tenant, LIMIT)).isEqualTo(1);
        TenantCache<String, String> fresh = new TenantCache<>(TOPIC, 10, versions, transactions, key -> stored());
        assertThatThrownBy(() -> transactions.in(tenant, () -> {
                    settings.set(LIMIT, 98);
                    assertThat(fresh.get(tenant, "a")).isEqualTo("98");
                    throw new IllegalStateException("rolled back");
                }))
                .hasMessage("rolled back");
        assertThat(fresh.get(tenant, "a")).isEqualTo("1");
    }

    @Test
    void aChangeByAnotherProcessIsSeenWithinThePoll() {
        set(1);
        assertThat(settings.get(tenant, LIMIT)).isEqualTo(1);
        Sql.superuser().sql("""
                        WITH written AS (
                            UPDATE tenant_setting SET value = '55' WHERE tenant_id = :tenant AND name = 'test.limit')
                        UPDATE cache_version SET version = version + 1 WHERE tenant_id = :tenant AND topic = 'settings'""").param("tenant", tenant.value()).update();
        await().atMost(Duration.ofSeconds(3)).until(() -> settings.get(tenant, LIMIT) == 55);
    }

    @Test
    void theTenantOfAScopeEndsWithIt() {
        assertThat(CurrentTenant.idOrNull()).isNull();
        CurrentTenant.run(tenant, () -> assertThat(CurrentTenant.id()).isEqualTo(tenant));
        assertThatThrownBy(CurrentTenant::id).isInstanceOf(IllegalStateException.class);
    }

    private void set(int value) {
        CurrentTenant.run(tenant, () -> transactions.run(() -> settings.set(LIMIT, value)));
    }

    private String stored() {
        return jdbc.sql("SELECT value FROM tenant_setting WHERE name = 'test.limit'")
                .query(String.class)
                .single();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
