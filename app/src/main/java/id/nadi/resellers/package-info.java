/**
 * Owns what each reseller pays: levels, their markup, and the one price function that every door calls.
 *
 * <p>Promises the same price for the same member and product wherever it is asked, at most a second behind.
 *
 * <p>Never sells below base cost plus markup, and never lets routing change a buyer's price.
 */
@NullMarked
@ApplicationModule(
        displayName = "Resellers",
        allowedDependencies = {"kernel", "tenancy", "audit", "identity", "catalog", "ledger"})
package id.nadi.resellers;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
