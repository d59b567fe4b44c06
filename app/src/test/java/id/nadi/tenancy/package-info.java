@NullMarked
package id.nadi.tenancy;

import org.jspecify.annotations.NullMarked;
