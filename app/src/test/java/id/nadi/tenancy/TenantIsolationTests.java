package id.nadi.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import id.nadi.database.Databases;
import id.nadi.kernel.TenantId;
import id.nadi.testing.IntegrationTest;
import id.nadi.testing.Shop;
import id.nadi.testing.Shop.Buyer;
import id.nadi.testing.Sql;
import id.nadi.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Two tenants through a pool of one connection, as the application's role. */
@IntegrationTest
class TenantIsolationTests {
    private final HikariDataSource pool = Databases.pool(
            TestDatabase.get().access(), TestDatabase.get().access().app(), "one", 1);
    private final JdbcClient jdbc = JdbcClient.create(pool);
    private final Transactions transactions = new Transactions(new TenantTransactionManager(pool));

    @Autowired
    Shop shop;

    @Autowired
    PlatformDatabase platform;

    private TenantId first = TenantId.next();
    private TenantId second = TenantId.next();

    @BeforeEach
    void openTwoShops() {
        Shop.Open one = shop.open();
        Buyer buyer = shop.buyer(one, 50_000);
        shop.key(buyer);
        Shop.Open other = shop.open();
        shop.buyer(other, 70_000);
        first = one.tenant().id();
        second = other.tenant().id();
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    void nothingOfOneTenantIsSeenOrChangedUnderTheOther() {
        int withRows = 0;
        for (String table : readable("SELECT")) {
            long theirs = Sql.superuser()
                    .sql("SELECT count(*) FROM " + table + " WHERE tenant_id = ?")
                    .param(first.value())
                    .query(Long.class)
                    .single();
            withRows += theirs > 0 ? 1 : 0;
            assertThat(transactions.in(second, () -> count(table, first)))
                    .as("%s, of which the other has %s", table, theirs)
                    .isZero();
            assertThat(transactions.in(first, () -> count(table, first)))
                    .as(table)
                    .isEqualTo(theirs);
            assertThat(transactions.in(
                            second,
                            () -> jdbc.sql("SELECT count(DISTINCT tenant_id) FROM " + table)
                                    .query(Long.class)
                                    .single()))
                    .as(table)
                    .isLessThanOrEqualTo(1);
        }
        assertThat(withRows).as("tables in which there was something to see").isGreaterThan(10);
        for (String table : readable("DELETE")) {
            assertThat(transactions.in(
                            second,
                            () -> jdbc.sql("DELETE FROM " + table + " WHERE tenant_id = ?")
                                    .param(first.value())
                                    .update()))
                    .as(table)
                    .isZero();
        }
        for (String table : readable("UPDATE")) {
            assertThat(transactions.in(
                            second,
                            () -> jdbc.sql("UPDATE " + table + " SET tenant_id = tenant_id WHERE tenant_id = ?")
                                    .param(first.value())
                                    .update()))
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void nothingCanBePutIntoAnotherTenant() {
        for (String table : readable("INSERT")) {
            assertThatThrownBy(() -> transactions.in(
                            second,
                            () -> jdbc.sql("INSERT INTO " + table
                                            + " OVERRIDING SYSTEM VALUE SELECT (jsonb_populate_record(" + "NULL::"
                                            + table + ", jsonb_build_object('tenant_id', ?::text))).*")
                                    .param(first.toString())
                                    .update()))
                    .as(table)
                    .isInstanceOfSatisfying(
                            DataAccessException.class,
                            failed -> assertThat(stateOf(failed)).isEqualTo("42501"));
        }
        assertThatThrownBy(() -> transactions.in(
                        second,
                        () -> jdbc.sql("UPDATE wallet SET tenant_id = ?")
                                .param(first.value())
                                .update()))
                .satisfies(failed -> assertThat(stateOf(failed)).isEqualTo("42501"));
    }

    @Test
    void withoutATenantAStatementFailsLoudlyAlsoBehindACommittedTransaction() {
        List<String> tables = List.of("wallet", "posting", "member", "product", "api_key", "audit_entry");
        pool.getHikariPoolMXBean().softEvictConnections();
        for (String table : tables) {
            assertThatThrownBy(() -> jdbc.sql("SELECT * FROM " + table).query().listOfRows())
                    .as("%s on a fresh connection", table)
                    .satisfies(failed -> assertThat(stateOf(failed)).isIn("42704", "22P02"));
        }
        assertThat(transactions.in(first, () -> count("wallet", first))).isEqualTo(1);
        for (String table : tables) {
            assertThatThrownBy(() -> jdbc.sql("SELECT * FROM " + table).query().listOfRows())
                    .as("%s where the setting is empty", table)
                    .satisfies(failed -> assertThat(stateOf(failed)).isEqualTo("22P02"));
        }
    }

    @Test
    void aTransactionWithoutATenantDoesNotBeginAndLeavesTheConnectionWhole() {
        assertThatThrownBy(() -> transactions.in(() -> count("wallet", first)))
                .hasStackTraceContaining("no tenant is bound");
        assertThat(transactions.in(first, () -> count("wallet", first))).isEqualTo(1);
    }

    @Test
    void aTenantDoesNotLeakOverThePool() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> work = java.util.stream.IntStream.range(0, 200)
                    .<Callable<Boolean>>mapToObj(number -> () -> {
                        TenantId own = number % 2 == 0 ? first : second;
                        if (number % 5 == 0) {
                            assertThatThrownBy(() -> transactions.in(own, () -> {
                                        throw new IllegalStateException("rolled back");
                                    }))
                                    .hasMessage("rolled back");
                        }
                        return transactions.in(
                                own,
                                () -> jdbc.sql("SELECT tenant_id FROM wallet")
                                        .query(java.util.UUID.class)
                                        .list()
                                        .equals(List.of(own.value())));
                    })
                    .toList();
            for (Future<Boolean> one : threads.invokeAll(work)) {
                assertThat(one.get()).isTrue();
            }
        }
    }

    @Test
    void theApplicationCannotBecomeThePlatformOrTheOwner() {
        for (String role : List.of("nadi_platform", "nadi_owner", "nadi_lookup", "postgres")) {
            assertThatThrownBy(() -> transactions.in(
                            first, () -> jdbc.sql("SET LOCAL ROLE " + role).update()))
                    .satisfies(failed -> assertThat(stateOf(failed)).isEqualTo("42501"));
        }
        assertThatThrownBy(() -> transactions.in(
                        first,
                        () -> jdbc.sql("SET LOCAL row_security = off").update()
                                + jdbc.sql("SELECT * FROM wallet")
                                        .query()
                                        .listOfRows()
                                        .size()))
                .satisfies(failed -> assertThat(stateOf(failed)).isEqualTo("42501"));
    }

    @Test
    void lookUpsAnswerTheTenantAndNothingElse() {
        String key = Sql.superuser()
                .sql("SELECT key FROM api_key WHERE tenant_id = ?")
                .param(first.value())
                .query(String.class)
                .single();
        assertThat(jdbc.sql("SELECT tenant FROM find_api_key(?)")
                        .param(key)
                        .query(java.util.UUID.class)
                        .single())
                .isEqualTo(first.value());
        assertThat(jdbc.sql("SELECT tenant FROM find_api_key(?)")
                        .param("nk_nobody")
                        .query()
                        .listOfRows())
                .isEmpty();
        assertThatThrownBy(() -> platform.jdbc()
                        .sql("SELECT tenant FROM find_api_key(?)")
                        .param(key)
                        .query()
                        .listOfRows())
                .satisfies(failed -> assertThat(stateOf(failed)).isEqualTo("42501"));
    }

    /** The platform sees the listed tables alone. */
    @Test
    void thePlatformReadsNoPeopleAndNoSecrets() {
        for (String table : List.of("member", "staff", "api_key", "audit_entry", "tenant_setting", "product")) {
            assertThatThrownBy(() -> platform.jdbc()
                            .sql("SELECT * FROM " + table)
                            .query()
                            .listOfRows())
                    .as(table)
                    .satisfies(failed -> assertThat(stateOf(failed)).isEqualTo("42501"));
        }
    }

    private long count(String table, TenantId tenant) {
        return jdbc.sql("SELECT count(*) FROM " + table + " WHERE tenant_id = ?")
                .param(tenant.value())
                .query(Long.class)
                .single();
    }

    private static List<String> readable(String right) {
        return Sql.superuser()
                .sql("""
                        SELECT c.relname FROM pg_class c
                          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
                         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
                           AND has_table_privilege('nadi_app', c.oid, ?)""")
                .param(right)
                .query((row, number) -> row.getString(1))
                .list();
    }

    private static String stateOf(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return String.valueOf(sql.getSQLState());
            }
        }
        return "no SQL state: " + failed;
    }
}
