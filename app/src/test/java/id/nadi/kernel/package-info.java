@NullMarked
package id.nadi.kernel;

import org.jspecify.annotations.NullMarked;
