@NullMarked
package id.nadi.h2h;

import org.jspecify.annotations.NullMarked;
