/**
 * Owns the order road: place, pay, fulfil, settle or return; attempts, leases, the change feed, and the port
 * {@link id.nadi.orders.Fulfilment}.
 *
 * <p>Promises that nothing is bought twice, that money moves with the state it belongs to, and that what was acknowledged
 * is on disk.
 *
 * <p>Never decides from a message what only the order's own row can tell.
 */
@NullMarked
@ApplicationModule(
        displayName = "Orders",
        allowedDependencies = {"kernel", "tenancy", "audit", "identity", "catalog", "ledger", "resellers"})
package id.nadi.orders;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
