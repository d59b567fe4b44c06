/**
 * Owns what is for sale: products, categories, base costs, operator prefixes, blocked destinations.
 *
 * <p>Promises one immutable view of a tenant's catalogue, in memory, at most a second behind.
 *
 * <p>Never knows who buys or who delivers; selling prices are the resellers' module's.
 */
@NullMarked
@ApplicationModule(
        displayName = "Catalog",
        allowedDependencies = {"kernel", "tenancy", "audit"})
package id.nadi.catalog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
