@NullMarked
package id.nadi.bench;

import org.jspecify.annotations.NullMarked;
