package id.nadi.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import id.nadi.database.DatabaseAccess.Credentials;
import id.nadi.kernel.UuidArray;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Opens pools for the roles and brings the schema up to date. */
public final class Databases {
    private Databases() {}

    /** Runs the migrations that are missing, as the owner. */
    public static void migrate(DatabaseAccess access) {
        Flyway.configure(Databases.class.getClassLoader())
                .dataSource(access.url(), access.owner().user(), access.owner().password())
                .locations("classpath:db/migration")
                .validateMigrationNaming(true)
                .load()
                .migrate();
    }

    /** A pool for one role, after its rights and the server's durability were checked. */
    public static HikariDataSource pool(
            DatabaseAccess access, Credentials credentials, String name, int connectionsMax) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(access.url());
        config.setUsername(credentials.user());
        config.setPassword(credentials.password());
        config.setMaximumPoolSize(connectionsMax);
        config.setMinimumIdle(Math.min(2, connectionsMax));
        config.setConnectionTimeout(10_000);
        config.setKeepaliveTime(60_000);
        config.addDataSourceProperty("ApplicationName", "nadi-" + name);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("binaryTransferEnable", UuidArray.OID);
        // A server that went away without a word is noticed; a statement of ours never runs this long.
        config.addDataSourceProperty("socketTimeout", "120");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        HikariDataSource pool = new HikariDataSource(config);
        try {
            check(pool, name);
        } catch (RuntimeException unsafe) {
            pool.close();
            throw unsafe;
        }
        return pool;
    }

    private static void check(DataSource pool, String name) {
        try (Connection connection = pool.getConnection()) {
            Roles.requireHarmless(connection, name);
            Durability.require(connection);
        } catch (SQLException failed) {
            throw new IllegalStateException("the database cannot be reached: " + failed.getMessage(), failed);
        }
    }
}
