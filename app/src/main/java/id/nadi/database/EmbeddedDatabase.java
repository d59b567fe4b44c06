package id.nadi.database;

import id.nadi.database.DatabaseAccess.Credentials;
import id.nadi.kernel.Hashes;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL from real binaries, run by this process on loopback with its data in a folder of ours. It survives this
 * process' death; the next start finds the server that was left running and stops it first.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final Duration STARTUP_MAX = Duration.ofSeconds(60);
    private static final Duration STOP_MAX = Duration.ofSeconds(30);
    private static final String DATABASE = "nadi";
    private static final String SUPERUSER = "postgres";

    /** What the server is told at start. The library starts it with the durable ones off. */
    private static final Map<String, String> SETTINGS = new TreeMap<>(Map.ofEntries(
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", "''"),
            Map.entry("password_encryption", "scram-sha-256"),
            Map.entry("max_connections", "60"),
            Map.entry("shared_buffers", "256MB"),
            Map.entry("max_wal_size", "4GB"),
            Map.entry("min_wal_size", "512MB"),
            Map.entry("checkpoint_timeout", "15min"),
            Map.entry("random_page_cost", "1.1"),
            Map.entry("jit", "off"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC")));

    private final EmbeddedPostgres server;
    private final DatabaseAccess access;
    private final Credentials superuser;

    private EmbeddedDatabase(EmbeddedPostgres server, DatabaseAccess access, Credentials superuser) {
        this.server = server;
        this.access = access;
        this.superuser = superuser;
    }

    /** Starts the server over the folder's data, which are made at the first start. */
    public static EmbeddedDatabase start(Path directory) throws IOException {
        PrivateFiles.createDirectories(directory);
        Path data = directory.resolve("postgres").toAbsolutePath();
        Path passwordFile = directory.resolve("database.properties");
        Properties passwords = passwords(passwordFile);
        Credentials superuser = new Credentials(SUPERUSER, passwords.getProperty(SUPERUSER));
        stopOrphan(data);
        Path initialPassword = directory.resolve("initdb.password");
        boolean first = !Files.exists(data.resolve("PG_VERSION"));
        if (first) {
            PrivateFiles.write(initialPassword, superuser.password() + "\n");
        }
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(STARTUP_MAX)
                    .setConnectConfig("password", superuser.password())
                    // These options reach initdb behind the library's own "-A trust" and win over it, so that there is
                    // no moment at which any local user may enter.
                    .setLocaleConfig("auth", "scram-sha-256")
                    .setLocaleConfig("pwfile", initialPassword.toAbsolutePath().toString())
                    .setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8")
                    .setLocaleConfig("locale", "C.UTF-8")
                    .setErrorRedirector(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("postgres.log").toFile()))
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("postgres.log").toFile()));
            SETTINGS.forEach(builder::setServerConfig);
            EmbeddedPostgres server = builder.start();
            DatabaseAccess access = new DatabaseAccess(
                    urlOf(server.getPort()),
                    credentials(passwords, Roles.OWNER),
                    credentials(passwords, Roles.APP),
                    credentials(passwords, Roles.PLATFORM));
            EmbeddedDatabase database = new EmbeddedDatabase(server, access, superuser);
            database.prepare();
            return database;
        } finally {
            Files.deleteIfExists(initialPassword);
        }
    }

    /** Stops a server that an earlier process left running over the folder, if there is one. */
    public static void stopLeftOver(Path directory) throws IOException {
        stopOrphan(directory.resolve("postgres").toAbsolutePath());
    }

    /** The way to a server that another process runs over the folder, if one does. */
    public static Optional<DatabaseAccess> running(Path directory) throws IOException {
        Path pidFile = directory.resolve("postgres").resolve("postmaster.pid");
        Path passwordFile = directory.resolve("database.properties");
        if (liveServer(directory.resolve("postgres")).isEmpty() || !Files.exists(passwordFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        Properties passwords = passwords(passwordFile);
        return Optional.of(new DatabaseAccess(
                urlOf(Integer.parseInt(lines.get(3).strip())),
                credentials(passwords, Roles.OWNER),
                credentials(passwords, Roles.APP),
                credentials(passwords, Roles.PLATFORM)));
    }

    public DatabaseAccess access() {
        return access;
    }

    /** The server's own administrator: for benchmarks beside the product and for tests of the roles, nothing else. */
    public Credentials superuser() {
        return superuser;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static String urlOf(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    private static Credentials credentials(Properties passwords, String role) {
        return new Credentials(role, passwords.getProperty(role));
    }

    private static Properties passwords(Path file) throws IOException {
        Properties passwords = new Properties();
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                passwords.load(reader);
            }
            return passwords;
        }
        StringBuilder text = new StringBuilder();
        for (String role : List.of(SUPERUSER, Roles.OWNER, Roles.APP, Roles.PLATFORM)) {
            String password = Hashes.token(24);
            passwords.setProperty(role, password);
            text.append(role).append('=').append(password).append('\n');
        }
        PrivateFiles.write(file, text.toString());
        return passwords;
    }

    /** Makes the database and the roles where they are missing, and checks that commits will be durable. */
    private void prepare() throws IOException {
        String admin = access.url().replace("/" + DATABASE, "/postgres");
        try (Connection connection = DriverManager.getConnection(admin, superuser.user(), superuser.password())) {
            Roles.create(connection, access);
            boolean exists;
            try (Statement statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                exists = rows.next();
            }
            if (!exists) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + Roles.OWNER);
                    statement.execute("REVOKE ALL ON DATABASE " + DATABASE + " FROM PUBLIC");
                    statement.execute(
                            "GRANT CONNECT ON DATABASE " + DATABASE + " TO " + Roles.APP + ", " + Roles.PLATFORM);
                }
            }
            Durability.require(connection);
        } catch (SQLException failed) {
            server.close();
            throw new IOException("the embedded database could not be prepared: " + failed.getMessage(), failed);
        }
    }

    /** A server left running by a process that was killed holds the data: it is asked to stop, and waited for. */
    private static void stopOrphan(Path data) throws IOException {
        Optional<ProcessHandle> orphan = liveServer(data);
        if (orphan.isEmpty()) {
            return;
        }
        ProcessHandle handle = orphan.get();
        LOG.info("stopping the database server {} that an earlier process left running", handle.pid());
        try {
            // SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for clients.
            new ProcessBuilder("kill", "-INT", Long.toString(handle.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            long until = System.nanoTime() + STOP_MAX.toNanos();
            while (handle.isAlive() && System.nanoTime() < until) {
                Thread.sleep(50);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (handle.isAlive()) {
            throw new IOException("the database server with process id " + handle.pid() + " does not stop");
        }
    }

    private static Optional<ProcessHandle> liveServer(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        if (lines.size() < 4) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(ProcessHandle::isAlive)
                // Process ids are used again: only a PostgreSQL server is taken for ours.
                .filter(handle -> handle.info()
                        .command()
                        .map(command -> command.endsWith("/postgres"))
                        .orElse(false));
    }
}
