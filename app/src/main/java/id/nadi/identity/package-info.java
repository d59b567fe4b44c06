/**
 * Owns people and what proves who they are: members, staff, their sessions, PINs and API keys.
 *
 * <p>Promises that a session or key is good for its own tenant alone, and that no secret can be read from the database
 * without the key that is kept outside it.
 *
 * <p>Never says whether an account exists to somebody who is not signed in.
 */
@NullMarked
@ApplicationModule(
        displayName = "Identity",
        allowedDependencies = {"kernel", "tenancy", "audit", "web"})
package id.nadi.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
