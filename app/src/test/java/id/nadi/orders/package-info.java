@NullMarked
package id.nadi.orders;

import org.jspecify.annotations.NullMarked;
