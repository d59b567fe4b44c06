/**
 * Owns tenants and their settings, and binds the tenant to each database transaction.
 *
 * <p>Promises that no statement on a tenant's table runs without a tenant, and that the tenant comes from the door (host,
 * path, key or session), never from a parameter.
 *
 * <p>Never lets two tenants share a transaction.
 */
@NullMarked
@ApplicationModule(
        displayName = "Tenancy",
        allowedDependencies = {"kernel", "database"})
package id.nadi.tenancy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
