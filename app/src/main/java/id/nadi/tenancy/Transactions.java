package id.nadi.tenancy;

import id.nadi.kernel.TenantId;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One tenant's transactions: joined if one is running, begun if not. */
public final class Transactions {
    private final TransactionTemplate template;

    Transactions(PlatformTransactionManager manager) {
        this.template = new TransactionTemplate(manager);
    }

    /** Does the work in a transaction of the bound tenant. */
    @SuppressWarnings("NullAway") // The template hands back exactly what the work gave.
    public <T extends @Nullable Object> T in(Supplier<T> work) {
        return template.execute(status -> work.get());
    }

    /** Does the work in a transaction of that tenant. */
    public <T extends @Nullable Object> T in(TenantId tenant, Supplier<T> work) {
        return CurrentTenant.call(tenant, () -> in(work));
    }

    /** Does work without a result in a transaction of the bound tenant. */
    public void run(Runnable work) {
        template.executeWithoutResult(status -> work.run());
    }

    /** Does something once the running transaction has committed; at once if there is none. */
    public static void afterCommit(Runnable action) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            action.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                action.run();
            }
        });
    }
}
