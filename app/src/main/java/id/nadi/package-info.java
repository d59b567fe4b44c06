/** The product: a modular monolith whose rooms are the packages below this one. */
@NullMarked
package id.nadi;

import org.jspecify.annotations.NullMarked;
