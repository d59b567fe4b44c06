@NullMarked
package id.nadi.connect;

import org.jspecify.annotations.NullMarked;
