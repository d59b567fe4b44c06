package id.nadi.testing;

import id.nadi.database.DatabaseAccess.Credentials;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The run's database as its superuser, beside the product: to look at everything and to break things on purpose. */
public final class Sql {
    private static final JdbcClient SUPERUSER =
            JdbcClient.create(dataSource(TestDatabase.get().superuser()));

    private Sql() {}

    public static JdbcClient superuser() {
        return SUPERUSER;
    }

    /** A connection of its own for that role, outside every pool. */
    public static SingleConnectionDataSource connection(Credentials as) {
        return new SingleConnectionDataSource(TestDatabase.get().access().url(), as.user(), as.password(), true);
    }

    private static DriverManagerDataSource dataSource(Credentials as) {
        return new DriverManagerDataSource(TestDatabase.get().access().url(), as.user(), as.password());
    }
}
