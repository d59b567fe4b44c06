package id.nadi.tenancy;

import com.zaxxer.hikari.HikariDataSource;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database as the platform's role sees it: the listed tables of all tenants. For work that has no one tenant
 * (claiming, the feed, snapshots, the console), and for nothing that a person of a tenant asked for.
 */
public final class PlatformDatabase implements AutoCloseable {
    private final HikariDataSource dataSource;
    private final JdbcClient jdbc;
    private final TransactionTemplate template;

    /** Over a pool of the platform's role, which it closes with itself. */
    public PlatformDatabase(HikariDataSource dataSource) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.template = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    public DataSource dataSource() {
        return dataSource;
    }

    @SuppressWarnings("NullAway") // The template hands back exactly what the work gave.
    public <T extends @Nullable Object> T inTransaction(Supplier<T> work) {
        return template.execute(status -> work.get());
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
