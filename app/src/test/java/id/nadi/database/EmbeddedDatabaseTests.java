package id.nadi.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import id.nadi.database.DatabaseAccess.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTests {
    @TempDir
    Path directory = Path.of("replaced by the extension");

    /** A process of its own that starts the server, writes a row, says so and waits to be killed. */
    static final class Owner {
        public static void main(String[] arguments) throws Exception {
            EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(arguments[0]));
            try (Connection connection = connect(database.access(), database.superuser())) {
                execute(connection, "CREATE TABLE kept (word text)");
                execute(connection, "INSERT INTO kept VALUES ('written')");
            }
            System.out.println("READY");
            Thread.sleep(Duration.ofMinutes(2));
        }
    }

    @Test
    void aKilledOwnerLeavesAServerThatTheNextStartStopsAndWhoseDataItKeeps() throws Exception {
        Process owner = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(owner.inputReader().lines().anyMatch("READY"::equals)).isTrue();
            ProcessHandle orphan = server();
            assertThat(EmbeddedDatabase.running(directory)).isPresent();
            owner.destroyForcibly().waitFor();
            assertThat(orphan.isAlive()).isTrue();

            try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
                assertThat(orphan.isAlive()).isFalse();
                assertThat(server().pid()).isNotEqualTo(orphan.pid());
                assertThat(single(database, "SELECT word FROM kept")).isEqualTo("written");
                durableSettingsAreOn(database);
                nobodyEntersWithoutAPassword(database);
                secretsAreTheOperatorsAlone();
                execute(database, "INSERT INTO kept VALUES ('and more')");
            }
            await().until(() -> EmbeddedDatabase.running(directory).isEmpty());
            try (EmbeddedDatabase again = EmbeddedDatabase.start(directory)) {
                assertThat(single(again, "SELECT count(*)::text FROM kept")).isEqualTo("2");
            }
        } finally {
            owner.destroyForcibly();
        }
    }

    private static void durableSettingsAreOn(EmbeddedDatabase database) throws SQLException {
        for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
            assertThat(single(database, "SHOW " + setting)).as(setting).isEqualTo("on");
        }
        try (Connection connection = connect(database.access(), database.superuser())) {
            execute(connection, "SET synchronous_commit = off");
            assertThatThrownBy(() -> Durability.require(connection)).hasMessageContaining("synchronous_commit = off");
        }
    }

    private void nobodyEntersWithoutAPassword(EmbeddedDatabase database) throws IOException {
        for (String password : new String[] {"", "wrong", "postgres"}) {
            for (String user : new String[] {"postgres", Roles.OWNER, Roles.APP, Roles.PLATFORM}) {
                assertThatThrownBy(() -> connect(database.access(), new Credentials(user, password))
                                .close())
                        .as("%s with '%s'", user, password)
                        .isInstanceOf(SQLException.class);
            }
        }
        assertThat(Files.readAllLines(directory.resolve("postgres/pg_hba.conf")))
                .filteredOn(line -> !line.isBlank() && !line.startsWith("#"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).endsWith("scram-sha-256"));
        assertThat(directory.resolve("initdb.password")).doesNotExist();
    }

    private void secretsAreTheOperatorsAlone() throws IOException {
        assertThat(PrivateFilesTests.modeOf(directory.resolve("database.properties")))
                .isEqualTo("rw-------");
        assertThat(PrivateFilesTests.modeOf(directory.resolve("postgres"))).isEqualTo("rwx------");
    }

    private ProcessHandle server() throws IOException {
        String pid =
                Files.readAllLines(directory.resolve("postgres/postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }

    private static Connection connect(DatabaseAccess access, Credentials as) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", as.user());
        properties.setProperty("password", as.password());
        return DriverManager.getConnection(access.url(), properties);
    }

    private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database.access(), database.superuser())) {
            execute(connection, sql);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String single(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database.access(), database.superuser());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return Objects.requireNonNull(rows.getString(1));
        }
    }
}
