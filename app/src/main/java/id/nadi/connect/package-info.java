/**
 * Owns every call to an address that somebody typed: one guarded connector.
 *
 * <p>Promises that a call is made at most once, that its answer is bounded in size and time, that no address inside our own
 * networks is reached unless the operator listed it, and that a caller learns whether the request may have left.
 *
 * <p>Never follows a redirect, never repeats by itself.
 */
@NullMarked
@ApplicationModule(
        displayName = "Connect",
        allowedDependencies = {"kernel"})
package id.nadi.connect;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
