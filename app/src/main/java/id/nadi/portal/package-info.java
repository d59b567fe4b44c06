/**
 * Owns what people see that belongs to no one module: the shell of the pages and, under {@code demo}, the page over all
 * tenants.
 *
 * <p>Promises pages without inline script or style, in Indonesian and English.
 *
 * <p>Never shows the page over all tenants to anybody but this machine.
 */
@NullMarked
@ApplicationModule(displayName = "Portal")
package id.nadi.portal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
