@NullMarked
package id.nadi.identity;

import org.jspecify.annotations.NullMarked;
