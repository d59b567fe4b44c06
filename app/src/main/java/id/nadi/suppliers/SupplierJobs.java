package id.nadi.suppliers;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import id.nadi.audit.Actor;
import id.nadi.suppliers.Suppliers.TenantSupplier;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.tenancy.PlatformDatabase;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps balances and price lists fresh, once across all processes. */
@Configuration(proxyBeanMethods = false)
class SupplierJobs {
    private static final Logger LOG = LoggerFactory.getLogger(SupplierJobs.class);

    @Bean
    RecurringTask<Void> supplierBalances(
            Suppliers suppliers, @Value("${nadi.suppliers.balances-every:1m}") Duration every) {
        return Tasks.recurring("supplier-balances", FixedDelay.of(every))
                .execute((instance, context) -> eachInUse(suppliers, suppliers::refreshBalance));
    }

    @Bean
    RecurringTask<Void> supplierCatalogues(
            Suppliers suppliers, @Value("${nadi.suppliers.catalogues-every:15m}") Duration every) {
        return Tasks.recurring("supplier-catalogues", FixedDelay.of(every))
                .execute((instance, context) ->
                        eachInUse(suppliers, supplier -> suppliers.refreshCatalogue(supplier, Actor.SYSTEM)));
    }

    /** Refused messages are evidence for a week. */
    @Bean
    RecurringTask<Void> quarantineCleaning(PlatformDatabase platform) {
        return Tasks.recurring("quarantine-cleaning", FixedDelay.of(Duration.ofHours(1)))
                .execute((instance, context) -> platform.jdbc()
                        .sql("DELETE FROM quarantine WHERE last_at < now() - interval '7 days'")
                        .update());
    }

    private static void eachInUse(Suppliers suppliers, Consumer<SupplierId> work) {
        for (TenantSupplier one : suppliers.inUse()) {
            try {
                CurrentTenant.run(one.tenant(), () -> work.accept(one.supplier()));
            } catch (RuntimeException failed) {
                LOG.warn("supplier {} could not be asked: {}", one.supplier(), failed.getMessage());
            }
        }
    }
}
