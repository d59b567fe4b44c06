package id.nadi.bench;

import id.nadi.Nadi;
import id.nadi.bench.Bench.NoFigureException;
import id.nadi.database.DataDirectory;
import id.nadi.database.EmbeddedDatabase;
import id.nadi.ledger.BooksAudit;
import id.nadi.orders.Orders;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole product in this process, over its own PostgreSQL, with the bench's supplier at the end of the road. Its web
 * server listens on a free port of loopback and is not used: modules with doors expect one.
 */
final class RunningProduct implements AutoCloseable {
    private final DataDirectory directory;
    private final ConfigurableApplicationContext context;
    private final EmbeddedDatabase database;

    private RunningProduct(DataDirectory directory, ConfigurableApplicationContext context) {
        this.directory = directory;
        this.context = context;
        this.database = context.getBean(EmbeddedDatabase.class);
    }

    static RunningProduct start(Path data) throws IOException {
        DataDirectory directory = DataDirectory.open(data)
                .orElseThrow(() -> new NoFigureException("another process works in " + data + "; choose --data DIR"));
        return new RunningProduct(
                directory,
                new SpringApplicationBuilder(Nadi.class, InstantFulfilment.class, Endings.class)
                        .properties(Map.of(
                                "nadi.data-dir",
                                data.toString(),
                                "nadi.db.url",
                                "none",
                                "nadi.orders.sole-worker",
                                "true",
                                // The bench's supplier answers in process: no connection bounds how many are asked.
                                "nadi.orders.concurrent-calls-max",
                                "20000",
                                "server.address",
                                "127.0.0.1",
                                "server.port",
                                "0",
                                // Standard output is for the rows alone.
                                "logging.threshold.console",
                                "ERROR"))
                        .logStartupInfo(false)
                        .run());
    }

    ApplicationContext context() {
        return context;
    }

    Orders orders() {
        return context.getBean(Orders.class);
    }

    Endings endings() {
        return context.getBean(Endings.class);
    }

    /** The yardstick on this product's own server. */
    TpcB yardstick() throws SQLException {
        URI address = address();
        return TpcB.on(address.getHost(), address.getPort(), database.superuser());
    }

    /** Lets the planner know what the tables hold, as autovacuum does by itself within a minute or so. */
    void analyse() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("ANALYZE");
        }
    }

    /** How many bytes the write-ahead log has taken since the server was made. */
    long walBytes() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Fails if anything in the books does not hold: then no figure of this run counts. */
    void requireCleanBooks() {
        for (BooksAudit.Finding finding : context.getBean(BooksAudit.class).run()) {
            if (finding.violations() > 0) {
                throw new NoFigureException("the audit found " + finding.violations() + " violations of \""
                        + finding.invariant() + "\": no figure");
            }
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                database.access().url(),
                database.superuser().user(),
                database.superuser().password());
    }

    private URI address() {
        return URI.create(database.access().url().substring("jdbc:".length()));
    }

    @Override
    public void close() throws IOException {
        context.close();
        directory.close();
    }
}
