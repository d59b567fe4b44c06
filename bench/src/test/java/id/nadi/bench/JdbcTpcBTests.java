package id.nadi.bench;

import static org.assertj.core.api.Assertions.assertThat;

import id.nadi.database.EmbeddedDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcTpcBTests {
    @Test
    void movesTheSameMoneyThroughEveryTable(@TempDir Path directory) throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            URI address = URI.create(database.access().url().substring("jdbc:".length()));
            TpcB.on(address.getHost(), address.getPort(), database.superuser());
            String url = "jdbc:postgresql://" + address.getHost() + ":" + address.getPort() + "/" + TpcB.DATABASE;
            JdbcTpcB yardstick = new JdbcTpcB(url, database.superuser());
            yardstick.prepare(1);

            assertThat(yardstick.run(2, Duration.ofMillis(500))).isPositive();

            try (var connection = DriverManager.getConnection(
                            url,
                            database.superuser().user(),
                            database.superuser().password());
                    var statement = connection.createStatement();
                    var sums = statement.executeQuery("""
                            SELECT count(*) > 0, sum(delta),
                                   (SELECT sum(abalance) FROM pgbench_accounts),
                                   (SELECT sum(tbalance) FROM pgbench_tellers),
                                   (SELECT sum(bbalance) FROM pgbench_branches)
                              FROM pgbench_history""")) {
                sums.next();
                assertThat(sums.getBoolean(1)).isTrue();
                assertThat(sums.getLong(3)).isEqualTo(sums.getLong(2));
                assertThat(sums.getLong(4)).isEqualTo(sums.getLong(2));
                assertThat(sums.getLong(5)).isEqualTo(sums.getLong(2));
            }
        }
    }
}
