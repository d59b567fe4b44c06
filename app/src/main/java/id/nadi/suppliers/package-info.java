/**
 * Owns suppliers: their accounts with us and ours with them, what they call our products, whom to ask next, what was said,
 * and the port {@link id.nadi.suppliers.SupplierAdapter} that each protocol implements.
 *
 * <p>Promises that a reply which cannot be read is Unknown, and that every word exchanged is kept, secrets masked.
 *
 * <p>Never decides about money: it reports outcomes to the order road.
 */
@NullMarked
@ApplicationModule(
        displayName = "Suppliers",
        allowedDependencies = {"kernel", "tenancy", "audit", "connect", "catalog", "ledger", "orders"})
package id.nadi.suppliers;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
