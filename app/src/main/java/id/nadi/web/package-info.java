/**
 * Owns how every door speaks HTTP: the envelope of errors, strict JSON, bounded bodies, the caller's language.
 *
 * <p>Promises that whatever goes wrong on a JSON door, in the server itself too, is answered in the envelope with a code,
 * and never with a stack trace or a page. It stands by itself because doors of several modules (partners, sign-in,
 * callbacks) need the same answers and none of them may know another.
 *
 * <p>Never knows a business, a tenant or a person.
 */
@NullMarked
@ApplicationModule(
        displayName = "Web",
        allowedDependencies = {"kernel"})
package id.nadi.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
