package id.nadi.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The four roles. {@code owner} migrates and owns every table; {@code app} works for one tenant at a time and owns
 * nothing; {@code platform} does the listed work that crosses tenants; {@code lookup} cannot sign in and owns the few
 * functions that find a tenant before one is known.
 */
final class Roles {
    static final String OWNER = "nadi_owner";
    static final String APP = "nadi_app";
    static final String PLATFORM = "nadi_platform";
    static final String LOOKUP = "nadi_lookup";

    private Roles() {}

    /** Makes the roles that are missing and sets their passwords; needs a superuser. */
    static void create(Connection connection, DatabaseAccess access) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (var credentials : List.of(access.owner(), access.app(), access.platform())) {
                statement.execute(ifMissing(credentials.user(), "LOGIN"));
                statement.execute("ALTER ROLE " + credentials.user()
                        + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION PASSWORD '"
                        + credentials.password() + "'");
            }
            statement.execute(ifMissing(LOOKUP, "NOLOGIN"));
            // The owner hands the look-up functions over to their role; it needs no other right of it.
            statement.execute("GRANT " + LOOKUP + " TO " + OWNER + " WITH INHERIT FALSE, SET TRUE");
        }
    }

    /** Refuses to work under a role that could pass by a policy: a superuser, BYPASSRLS, or the owner of a table. */
    static void requireHarmless(Connection connection, String purpose) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        SELECT r.rolname, r.rolsuper, r.rolbypassrls,
                               (SELECT count(*) FROM pg_class c
                                 WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p', 'v', 'm')),
                               (SELECT count(*) FROM pg_auth_members m WHERE m.member = r.oid)
                          FROM pg_roles r WHERE r.rolname = current_user""")) {
            rows.next();
            String role = rows.getString(1);
            if (rows.getBoolean(2)) {
                throw unsafe(purpose, role, "is a superuser");
            }
            if (rows.getBoolean(3)) {
                throw unsafe(purpose, role, "has BYPASSRLS");
            }
            if (rows.getLong(4) > 0) {
                throw unsafe(purpose, role, "owns tables");
            }
            if (rows.getLong(5) > 0) {
                throw unsafe(purpose, role, "is a member of other roles");
            }
        }
    }

    private static IllegalStateException unsafe(String purpose, String role, String why) {
        return new IllegalStateException("the database role " + role + " (" + purpose + ") " + why
                + ", so row level security would not hold it. Give Nadi the roles that docs/operations.md creates.");
    }

    private static String ifMissing(String role, String options) {
        return "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '" + role + "') THEN CREATE ROLE "
                + role + " " + options + "; END IF; END $$";
    }
}
