@NullMarked
package id.nadi.suppliers;

import org.jspecify.annotations.NullMarked;
