package id.nadi.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import id.nadi.database.Databases;
import id.nadi.testing.Sql;
import id.nadi.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the database's own catalogue: what a migration forgets shows here. */
class CatalogueScanTests {
    private static final String OWN_ROWS =
            "(tenant_id = ( SELECT (current_setting('app.tenant'::text))::uuid AS current_setting))";

    /** Tables that belong to no tenant, each with what the application's role may do with it. */
    private static final Map<String, Set<String>> OF_NO_TENANT = Map.of(
            // The tenants themselves: the application reads its own row, the policy compares the id.
            "tenant", Set.of("SELECT"),
            // Placing locks its worker's row, for which the right to change one harmless column is needed.
            "worker", Set.of("SELECT"),
            // The platform's: cursors and the mark run over all tenants, jobs belong to none.
            "feed_cursor", Set.of(),
            "scheduled_tasks", Set.of(),
            // A mark without a row of anybody's: balances are read from it on.
            "snapshot_mark", Set.of("SELECT"),
            // The migrations' own.
            "flyway_schema_history", Set.of());

    /** A key over all tenants tells one that another has the value. Nothing may; a tenant's address is no tenant's row. */
    private static final Set<String> UNIQUE_OVER_ALL = Set.of();

    private static final Set<String> APPEND_ONLY = Set.of("posting", "audit_entry", "idempotency", "order_change");

    private final JdbcClient sql = Sql.superuser();

    @BeforeAll
    static void migrate() {
        Databases.migrate(TestDatabase.get().access());
    }

    @Test
    void everyTableIsATenantsOrListed() {
        List<String> others = names("""
                SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
                   AND c.relkind IN ('r', 'p', 'f', 'm') AND NOT EXISTS (
                       SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id')""");
        assertThat(others).containsExactlyInAnyOrderElementsOf(OF_NO_TENANT.keySet());
        OF_NO_TENANT.forEach((table, allowed) -> {
            for (String right : List.of("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")) {
                assertThat(may("nadi_app", table, right))
                        .as(right + " " + table)
                        .isEqualTo(allowed.contains(right));
            }
        });
        assertThat(tenantTables()).hasSizeGreaterThan(25).contains("orders", "wallet", "posting", "member");
    }

    @Test
    void everyTenantsTableForcesItsPolicy() {
        assertThat(names("""
                SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
                   AND c.relrowsecurity AND c.relforcerowsecurity AND c.relname <> 'tenant'""")).containsExactlyInAnyOrderElementsOf(tenantTables());
        record Policy(String table, String command, String using, String check) {}
        List<Policy> policies = sql.sql("""
                        SELECT tablename, cmd, qual, with_check FROM pg_policies
                         WHERE schemaname = 'public' AND 'nadi_app' = ANY (roles) AND tablename <> 'tenant'""")
                .query((row, number) ->
                        new Policy(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                .list();
        assertThat(policies.stream().map(Policy::table)).containsExactlyInAnyOrderElementsOf(tenantTables());
        assertThat(policies).allSatisfy(policy -> {
            assertThat(policy.command).as(policy.table).isEqualTo("ALL");
            assertThat(policy.using).as(policy.table).isEqualTo(OWN_ROWS);
            assertThat(policy.check).as(policy.table).isEqualTo(OWN_ROWS);
        });
        assertThat(names("""
                SELECT tablename || ' ' || policyname FROM pg_policies
                 WHERE NOT roles <@ ARRAY['nadi_app', 'nadi_platform', 'nadi_lookup']::name[]""")).as("policies for anybody else").isEmpty();
    }

    @Test
    void everyKeyIncludesTheTenant() {
        assertThat(names("""
                SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
                  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
                 WHERE c.relnamespace = 'public'::regnamespace AND i.indisprimary
                   AND a.attnum = ANY (i.indkey::int2[])""")).as("primary keys").containsExactlyInAnyOrderElementsOf(tenantTables());
        assertThat(names("""
                SELECT i.indexrelid::regclass::text FROM pg_index i
                  JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attname = 'tenant_id'
                  JOIN pg_class c ON c.oid = i.indrelid AND c.relnamespace = 'public'::regnamespace
                 WHERE i.indisunique AND NOT a.attnum = ANY (i.indkey::int2[])""")).as("unique keys over all tenants").containsExactlyInAnyOrderElementsOf(UNIQUE_OVER_ALL);
        assertThat(names("""
                SELECT f.conrelid::regclass || ' ' || f.conname FROM pg_constraint f
                  JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attname = 'tenant_id'
                 WHERE f.contype = 'f' AND f.confrelid <> 'tenant'::regclass AND NOT EXISTS (
                           SELECT FROM unnest(f.conkey, f.confkey) AS k(own, theirs)
                             JOIN pg_attribute t ON t.attrelid = f.confrelid AND t.attnum = k.theirs
                            WHERE k.own = a.attnum AND t.attname = 'tenant_id')"""))
                .as("foreign keys that could lead to another tenant")
                .isEmpty();
    }

    @Test
    void viewsSeeWhatTheirReaderMaySee() {
        assertThat(names("""
                SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
                   AND (c.relkind = 'm' OR c.relkind = 'v'
                        AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false))""")).isEmpty();
    }

    @Test
    void onlyTheListedFunctionsRunAsSomebodyElse() {
        record Definer(String name, String arguments, String result, String settings, String owner, boolean anybody) {}
        List<Definer> definers = sql.sql("""
                        SELECT p.proname, pg_get_function_identity_arguments(p.oid), pg_get_function_result(p.oid),
                               array_to_string(p.proconfig, '|'), p.proowner::regrole::text,
                               p.proacl IS NULL OR EXISTS (SELECT FROM aclexplode(p.proacl) g WHERE g.grantee = 0)
                          FROM pg_proc p WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace""")
                .query((row, number) -> new Definer(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getBoolean(6)))
                .list();
        String path = "search_path=pg_catalog, public";
        assertThat(definers)
                .containsExactlyInAnyOrder(
                        new Definer("find_tenant", "p_slug text", "uuid", path, "nadi_lookup", false),
                        new Definer(
                                "find_api_key",
                                "p_key text",
                                "TABLE(tenant uuid, id uuid)",
                                path,
                                "nadi_lookup",
                                false));
        assertThat(names("""
                SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
                   AND p.proname ~ '^(place|begin|settle)_' AND has_function_privilege('nadi_lookup', p.oid, 'EXECUTE')"""))
                .as("the road's functions, to a role that nobody granted them")
                .isEmpty();
    }

    @Test
    void theRolesOwnNothingAndPassByNothing() {
        assertThat(names("""
                SELECT rolname FROM pg_roles WHERE rolname ~ '^nadi_(app|platform|lookup|owner)$'
                   AND NOT (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)""")).containsExactlyInAnyOrder("nadi_app", "nadi_platform", "nadi_lookup", "nadi_owner");
        assertThat(names("SELECT rolname FROM pg_roles WHERE rolname = 'nadi_lookup' AND rolcanlogin"))
                .isEmpty();
        assertThat(names("""
                SELECT r.rolname || ' ' || d.classid::regclass FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid
                 WHERE d.refclassid = 'pg_authid'::regclass AND d.deptype = 'o'
                   AND r.rolname IN ('nadi_app', 'nadi_platform')""")).as("things that the working roles own").isEmpty();
        assertThat(names("""
                SELECT m.member::regrole || ' in ' || m.roleid::regrole FROM pg_auth_members m
                 WHERE m.member::regrole::text IN ('nadi_app', 'nadi_platform', 'nadi_lookup')""")).isEmpty();
        assertThat(sql.sql("SELECT has_schema_privilege('nadi_app', 'public', 'CREATE')"
                                + " OR has_schema_privilege('nadi_platform', 'public', 'CREATE')"
                                + " OR has_schema_privilege('nadi_lookup', 'public', 'CREATE')")
                        .query(Boolean.class)
                        .single())
                .isFalse();
    }

    @Test
    void whatIsWrittenOnceCannotBeChangedByTheApplication() {
        for (String table : APPEND_ONLY) {
            for (String right : List.of("UPDATE", "DELETE", "TRUNCATE")) {
                assertThat(may("nadi_app", table, right))
                        .as(right + " " + table)
                        .isFalse();
            }
            assertThat(sql.sql("SELECT has_any_column_privilege('nadi_app', ?, 'UPDATE')")
                            .param(table)
                            .query(Boolean.class)
                            .single())
                    .as(table)
                    .isFalse();
            assertThat(may("nadi_platform", table, "UPDATE")).as(table).isFalse();
            // The feed alone may be shortened, by the platform's job.
            assertThat(may("nadi_platform", table, "DELETE")).as(table).isEqualTo(table.equals("order_change"));
        }
        for (String table : tenantTables()) {
            for (String role : List.of("nadi_app", "nadi_platform")) {
                assertThat(may(role, table, "TRUNCATE")).as(role + " " + table).isFalse();
                assertThat(may(role, table, "TRIGGER")).as(role + " " + table).isFalse();
            }
        }
        assertThat(names("""
                SELECT c.relname FROM pg_class c WHERE c.relkind = 'S' AND c.relnamespace = 'public'::regnamespace
                   AND (has_sequence_privilege('nadi_app', c.oid, 'UPDATE')
                        OR has_sequence_privilege('nadi_platform', c.oid, 'UPDATE'))""")).as("sequences that can be set back").isEmpty();
    }

    private boolean may(String role, String table, String right) {
        return sql.sql("SELECT has_table_privilege(?, ?, ?)")
                .params(role, table, right)
                .query(Boolean.class)
                .single();
    }

    private List<String> tenantTables() {
        return names("""
                SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
                 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')""");
    }

    private List<String> names(String query) {
        return sql.sql(query).query((row, number) -> row.getString(1)).list();
    }
}
