package id.nadi.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import id.nadi.database.DatabaseAccess.Credentials;
import id.nadi.kernel.Hashes;
import id.nadi.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nadi does not start under a role that row level security would not hold, or where a commit is not durable. */
class RolesTests {
    private static final String ROLE = "nadi_test_suspect";

    private final DatabaseAccess access = TestDatabase.get().access();
    private final Credentials suspect = new Credentials(ROLE, Hashes.token(12));

    @AfterEach
    void removeTheRole() throws SQLException {
        asSuperuser("DROP OWNED BY " + ROLE + " CASCADE", "DROP ROLE " + ROLE);
    }

    @Test
    void takesARoleThatOwnsNothing() throws SQLException {
        make("");
        try (HikariDataSource pool = Databases.pool(access, suspect, "test", 1)) {
            assertThat(pool.isRunning()).isTrue();
        }
    }

    @Test
    void refusesASuperuser() throws SQLException {
        make("SUPERUSER");
        refused("is a superuser");
    }

    @Test
    void refusesARoleThatPassesByPolicies() throws SQLException {
        make("BYPASSRLS");
        refused("has BYPASSRLS");
    }

    @Test
    void refusesTheOwnerOfATable() throws SQLException {
        make("");
        asSuperuser(
                "CREATE SCHEMA AUTHORIZATION " + ROLE,
                "CREATE TABLE " + ROLE + ".own (id int)",
                "ALTER TABLE " + ROLE + ".own OWNER TO " + ROLE);
        refused("owns tables");
    }

    @Test
    void refusesAMemberOfTheOwner() throws SQLException {
        make("IN ROLE " + Roles.OWNER);
        refused("is a member of other roles");
    }

    @Test
    void refusesARoleWhoseCommitsAreNotDurable() throws SQLException {
        make("");
        asSuperuser("ALTER ROLE " + ROLE + " SET synchronous_commit = off");
        refused("synchronous_commit = off");
    }

    private void make(String options) throws SQLException {
        asSuperuser(
                "CREATE ROLE " + ROLE + " LOGIN PASSWORD '" + suspect.password() + "' " + options,
                "GRANT CONNECT ON DATABASE nadi TO " + ROLE);
    }

    private void refused(String why) {
        assertThatThrownBy(() -> Databases.pool(access, suspect, "test", 1).close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(why);
    }

    private void asSuperuser(String... statements) throws SQLException {
        Credentials superuser = TestDatabase.get().superuser();
        try (Connection connection = DriverManager.getConnection(access.url(), superuser.user(), superuser.password());
                var statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }
}
