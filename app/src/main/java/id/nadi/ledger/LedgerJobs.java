package id.nadi.ledger;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Daily;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What keeps the books quick and honest, once across all processes. */
@Configuration(proxyBeanMethods = false)
class LedgerJobs {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerJobs.class);

    @Bean
    RecurringTask<Void> snapshotAdvance(
            Snapshots snapshots, @Value("${nadi.ledger.snapshots-every:10s}") Duration every) {
        return Tasks.recurring("ledger-snapshots", FixedDelay.of(every))
                .execute((instance, context) -> snapshots.advance());
    }

    @Bean
    RecurringTask<Void> holdExpiry(Holds holds, @Value("${nadi.ledger.holds-every:10s}") Duration every) {
        return Tasks.recurring("hold-expiry", FixedDelay.of(every)).execute((instance, context) -> holds.expireDue());
    }

    /** The full replay reads every posting, so it runs at night (03:00 WIB). */
    @Bean
    RecurringTask<Void> nightlyAudit(BooksAudit audit) {
        return Tasks.recurring("books-audit", new Daily(ZoneId.of("Asia/Jakarta"), LocalTime.of(3, 0)))
                .execute((instance, context) -> audit.run().stream()
                        .filter(finding -> finding.violations() > 0)
                        .forEach(finding -> LOG.error(
                                "the books are wrong: {} ({} violations)", finding.invariant(), finding.violations())));
    }
}
