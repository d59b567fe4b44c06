/**
 * Owns the trail of every critical act: who, what, before, after, from where.
 *
 * <p>Promises that an entry exists exactly if its act was committed.
 *
 * <p>Never changes or removes an entry.
 */
@NullMarked
@ApplicationModule(
        displayName = "Audit",
        allowedDependencies = {"kernel", "tenancy"})
package id.nadi.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
