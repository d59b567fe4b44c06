/**
 * Owns the demonstration: tenants to look at, the sandbox beside them, and a partner's server that buys.
 *
 * <p>Promises that everything it shows went through the product's own doors, and that its secrets were made here and stand
 * in one private file.
 *
 * <p>Never runs outside the {@code demo} command, which listens on loopback alone.
 */
@NullMarked
@ApplicationModule(displayName = "Demo")
package id.nadi.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
