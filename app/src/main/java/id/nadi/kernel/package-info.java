/**
 * Owns the words every module shares: money, ids, the tenant's id, error codes with their envelope, pages, secrets.
 *
 * <p>Promises values that cannot be built wrong.
 *
 * <p>Never reads a database, a setting or a session.
 */
@NullMarked
@ApplicationModule(displayName = "Kernel")
package id.nadi.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
