/**
 * Owns the doors for partners' servers: signed JSON calls, and what they are told of orders, prices and money.
 *
 * <p>Promises that a call is answered only to the key that signed it, and that what is refused was not charged and reached
 * no supplier.
 *
 * <p>Never decides about an order: it reads a request, asks one facade, and writes the answer.
 */
@NullMarked
@ApplicationModule(
        displayName = "H2H",
        allowedDependencies = {
            "kernel",
            "tenancy",
            "audit",
            "web",
            "identity",
            "catalog",
            "ledger",
            "resellers",
            "orders"
        })
package id.nadi.h2h;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
