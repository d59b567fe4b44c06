package id.nadi.bench;

import id.nadi.database.DatabaseAccess.Credentials;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/**
 * TPC-B by ourselves, statement for statement what pgbench sends: same tables, same simple protocol, one round trip for
 * each statement.
 */
final class JdbcTpcB implements TpcB {
    private static final int ACCOUNTS = 100_000;
    private static final int TELLERS = 10;

    private final String url;
    private final Credentials superuser;
    private int scale = 1;

    JdbcTpcB(String url, Credentials superuser) {
        this.url = url;
        this.superuser = superuser;
    }

    @Override
    public String describe() {
        return "TPC-B over JDBC (no pgbench found; it comes with: sudo apt install postgresql)";
    }

    @Override
    public void prepare(int chosen) throws SQLException {
        scale = chosen;
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE pgbench_branches (bid int NOT NULL, bbalance int, filler char(88))"
                    + " WITH (fillfactor = 100)");
            statement.execute("CREATE TABLE pgbench_tellers (tid int NOT NULL, bid int, tbalance int, filler char(84))"
                    + " WITH (fillfactor = 100)");
            statement.execute("CREATE TABLE pgbench_accounts (aid int NOT NULL, bid int, abalance int, filler char(84))"
                    + " WITH (fillfactor = 100)");
            statement.execute("CREATE TABLE pgbench_history"
                    + " (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22))");
            statement.execute("INSERT INTO pgbench_branches SELECT b, 0, '' FROM generate_series(1, " + scale + ") b");
            statement.execute("INSERT INTO pgbench_tellers SELECT t, (t - 1) / " + TELLERS
                    + " + 1, 0, '' FROM generate_series(1, " + scale * TELLERS + ") t");
            statement.execute("INSERT INTO pgbench_accounts SELECT a, (a - 1) / " + ACCOUNTS
                    + " + 1, 0, '' FROM generate_series(1, " + scale * ACCOUNTS + ") a");
            statement.execute("ALTER TABLE pgbench_branches ADD PRIMARY KEY (bid)");
            statement.execute("ALTER TABLE pgbench_tellers ADD PRIMARY KEY (tid)");
            statement.execute("ALTER TABLE pgbench_accounts ADD PRIMARY KEY (aid)");
            statement.execute("VACUUM ANALYZE");
        }
    }

    @Override
    public double run(int clients, Duration time) throws SQLException, InterruptedException {
        List<Connection> connections = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            for (int client = 0; client < clients; client++) {
                connections.add(connect());
            }
            long started = System.nanoTime();
            long until = started + time.toNanos();
            List<Future<Long>> counts = connections.stream()
                    .map(connection -> threads.submit(() -> transactions(connection, until)))
                    .toList();
            long all = 0;
            for (Future<Long> count : counts) {
                all += count.get();
            }
            return all * 1e9 / (System.nanoTime() - started);
        } catch (ExecutionException failed) {
            throw new SQLException("TPC-B failed", failed.getCause());
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    private long transactions(Connection connection, long until) throws SQLException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long count = 0;
        try (Statement statement = connection.createStatement()) {
            while (System.nanoTime() < until) {
                int account = random.nextInt(1, scale * ACCOUNTS + 1);
                int branch = random.nextInt(1, scale + 1);
                int teller = random.nextInt(1, scale * TELLERS + 1);
                int delta = random.nextInt(-5000, 5001);
                statement.execute("BEGIN");
                statement.execute(
                        "UPDATE pgbench_accounts SET abalance = abalance + " + delta + " WHERE aid = " + account);
                statement.execute("SELECT abalance FROM pgbench_accounts WHERE aid = " + account);
                statement.execute(
                        "UPDATE pgbench_tellers SET tbalance = tbalance + " + delta + " WHERE tid = " + teller);
                statement.execute(
                        "UPDATE pgbench_branches SET bbalance = bbalance + " + delta + " WHERE bid = " + branch);
                statement.execute("INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES (" + teller + ", "
                        + branch + ", " + account + ", " + delta + ", CURRENT_TIMESTAMP)");
                statement.execute("END");
                count++;
            }
        }
        return count;
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", superuser.user());
        properties.setProperty("password", superuser.password());
        properties.setProperty("preferQueryMode", "simple");
        return DriverManager.getConnection(url, properties);
    }
}
