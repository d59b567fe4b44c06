/** One package for each protocol; each sees the port, the kernel and itself. */
@NullMarked
package id.nadi.suppliers.adapters;

import org.jspecify.annotations.NullMarked;
