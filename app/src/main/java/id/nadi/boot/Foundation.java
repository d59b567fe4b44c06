package id.nadi.boot;

import id.nadi.database.DataDirectory;
import id.nadi.database.DatabaseAccess;
import id.nadi.database.DatabaseAccess.Credentials;
import id.nadi.database.EmbeddedDatabase;
import id.nadi.kernel.SecretBox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What every module stands on: time, secrets, and the way to the database. */
@Configuration(proxyBeanMethods = false)
class Foundation {

    /**
     * Where this installation keeps things and finds its database ({@code nadi.*}).
     *
     * @param dataDir the folder of the embedded database and the secret key
     * @param secretKey base64 of 32 bytes; without it a file beside the data is made and used
     * @param db an outside PostgreSQL; without its address the application runs its own
     */
    @ConfigurationProperties("nadi")
    record Installation(
            @DefaultValue("data") Path dataDir,
            @Nullable String secretKey,
            @DefaultValue OutsideDatabase db) {}

    /** Roles as docs/operations.md creates them. */
    record OutsideDatabase(
            @Nullable String url,
            @DefaultValue("nadi_owner") String ownerUser,
            @DefaultValue("") String ownerPassword,
            @DefaultValue("nadi_app") String appUser,
            @DefaultValue("") String appPassword,
            @DefaultValue("nadi_platform") String platformUser,
            @DefaultValue("") String platformPassword) {

        /** Whether there is one; if not, the application runs its own. */
        boolean isSet() {
            return url != null && !url.equals("none");
        }
    }

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    SecretBox secretBox(Installation installation) throws IOException {
        return DataDirectory.secretBox(installation.dataDir(), installation.secretKey());
    }

    /** The application's own server, stopped with the application. */
    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(name = "nadi.db.url", matchIfMissing = true, havingValue = "none")
    EmbeddedDatabase embeddedDatabase(Installation installation) throws IOException {
        return EmbeddedDatabase.start(installation.dataDir());
    }

    @Bean
    @ConditionalOnProperty(name = "nadi.db.url", matchIfMissing = true, havingValue = "none")
    DatabaseAccess embeddedAccess(EmbeddedDatabase database) {
        return database.access();
    }

    @Bean
    @ConditionalOnMissingBean
    DatabaseAccess outsideAccess(Installation installation) {
        return outside(installation.db());
    }

    /** The way to a database that the operator runs. */
    static DatabaseAccess outside(OutsideDatabase db) {
        String url = db.url();
        if (url == null) {
            throw new IllegalStateException("nadi.db.url is not set");
        }
        return new DatabaseAccess(
                url,
                new Credentials(db.ownerUser(), db.ownerPassword()),
                new Credentials(db.appUser(), db.appPassword()),
                new Credentials(db.platformUser(), db.platformPassword()));
    }
}
