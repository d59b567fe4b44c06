package id.nadi.tenancy;

import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/** Recurring jobs belong to no tenant: their table is the platform's. */
@Component
class JobStore implements DbSchedulerCustomizer {
    private final PlatformDatabase platform;

    JobStore(PlatformDatabase platform) {
        this.platform = platform;
    }

    @Override
    public Optional<DataSource> dataSource() {
        return Optional.of(platform.dataSource());
    }
}
