package id.nadi.tenancy;

import id.nadi.kernel.TenantId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The tenant that the running work belongs to. Bound by doors and job runners, read where a transaction begins. */
public final class CurrentTenant {
    private static final ScopedValue<TenantId> TENANT = ScopedValue.newInstance();

    private CurrentTenant() {}

    /** The bound tenant; fails if there is none, which is a bug in a door. */
    public static TenantId id() {
        if (!TENANT.isBound()) {
            throw new IllegalStateException("no tenant is bound to this work");
        }
        return TENANT.get();
    }

    public static @Nullable TenantId idOrNull() {
        return TENANT.isBound() ? TENANT.get() : null;
    }

    /** Runs work that belongs to that tenant. */
    public static void run(TenantId tenant, Runnable work) {
        ScopedValue.where(TENANT, tenant).run(work);
    }

    /** Does work that belongs to that tenant and answers its result. */
    public static <T extends @Nullable Object, X extends Throwable> T call(
            TenantId tenant, ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(TENANT, tenant).call(work);
    }

    /** The same work, bound to the tenant wherever it is run later. */
    public static <T> Callable<T> bound(TenantId tenant, Callable<T> work) {
        return () -> ScopedValue.where(TENANT, tenant).call(work::call);
    }
}
