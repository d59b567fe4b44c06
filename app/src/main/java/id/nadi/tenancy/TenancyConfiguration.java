package id.nadi.tenancy;

import id.nadi.database.DatabaseAccess;
import id.nadi.database.Databases;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;

/** Two ways into the database: as the application, one tenant at a time, and as the platform. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class TenancyConfiguration {

    @Bean(destroyMethod = "close")
    DataSource dataSource(DatabaseAccess access, @Value("${nadi.database.app-connections:16}") int connections) {
        Databases.migrate(access);
        return Databases.pool(access, access.app(), "app", connections);
    }

    @Bean
    PlatformTransactionManager transactionManager(DataSource dataSource) {
        return new TenantTransactionManager(dataSource);
    }

    @Bean
    Transactions transactions(PlatformTransactionManager manager) {
        return new Transactions(manager);
    }

    @Bean
    JdbcClient jdbcClient(DataSource dataSource) {
        return JdbcClient.create(dataSource);
    }

    /**
     * Built here and not as a second DataSource bean: what asks for "the" database gets the application's. The
     * parameter makes it wait for the migrations.
     */
    @Bean
    PlatformDatabase platformDatabase(
            DatabaseAccess access,
            DataSource migrated,
            @Value("${nadi.database.platform-connections:4}") int connections) {
        return new PlatformDatabase(Databases.pool(access, access.platform(), "platform", connections));
    }
}
