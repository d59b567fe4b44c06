package id.nadi.orders;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import id.nadi.tenancy.PlatformDatabase;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Removes what the road does not need any more, once across all processes. */
@Configuration(proxyBeanMethods = false)
class OrderJobs {

    /** Slots guard one local day; two days later no zone is on that day any more. */
    @Bean
    RecurringTask<Void> slotCleaning(PlatformDatabase platform) {
        return Tasks.recurring("order-slot-cleaning", FixedDelay.of(Duration.ofHours(1)))
                .execute((instance, context) -> platform.jdbc()
                        .sql("DELETE FROM order_slot WHERE day < (now() - interval '2 days')::date")
                        .update());
    }

    @Bean
    RecurringTask<Void> feedPruning(
            ChangeFeed feed, @Value("${nadi.orders.feed-transactions-kept:5000000}") long transactionsKept) {
        return Tasks.recurring("order-feed-pruning", FixedDelay.of(Duration.ofMinutes(10)))
                .execute((instance, context) -> feed.prune(transactionsKept));
    }
}
