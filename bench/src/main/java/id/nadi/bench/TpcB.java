package id.nadi.bench;

import id.nadi.database.DatabaseAccess.Credentials;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** The yardstick: TPC-B transactions per second, in a database of its own on the server that is measured. */
interface TpcB {
    String DATABASE = "tpcb";

    /** Says which of the two ways is used. */
    String describe();

    /** Makes the tables at that scale: 100,000 accounts each. */
    void prepare(int scale) throws IOException, SQLException, InterruptedException;

    /** Runs for that time and answers transactions per second. */
    double run(int clients, Duration time) throws IOException, SQLException, InterruptedException;

    /** The better of 8 and 16 clients, half of the time each. */
    default double best(Duration time) throws IOException, SQLException, InterruptedException {
        Duration half = time.dividedBy(2);
        return Math.max(run(8, half), run(16, half));
    }

    /** Drives pgbench where there is one, else the same transaction over JDBC. */
    static TpcB on(String host, int port, Credentials superuser) throws SQLException {
        String admin = "jdbc:postgresql://" + host + ":" + port + "/";
        try (Connection connection =
                        DriverManager.getConnection(admin + "postgres", superuser.user(), superuser.password());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + DATABASE);
            statement.execute("CREATE DATABASE " + DATABASE);
        }
        return Pgbench.find()
                .<TpcB>map(program -> new Pgbench(program, host, port, superuser))
                .orElseGet(() -> new JdbcTpcB(admin + DATABASE, superuser));
    }
}
