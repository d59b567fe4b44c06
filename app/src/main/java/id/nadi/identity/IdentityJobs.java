package id.nadi.identity;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Recurring work on people's sessions, once across all processes. */
@Configuration(proxyBeanMethods = false)
class IdentityJobs {

    @Bean
    RecurringTask<Void> sessionCleaning(Sessions sessions) {
        return Tasks.recurring("session-cleaning", FixedDelay.of(Duration.ofMinutes(10)))
                .execute((instance, context) -> sessions.removeExpired());
    }
}
