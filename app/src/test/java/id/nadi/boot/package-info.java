@NullMarked
package id.nadi.boot;

import org.jspecify.annotations.NullMarked;
