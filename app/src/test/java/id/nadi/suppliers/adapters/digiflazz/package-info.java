@NullMarked
package id.nadi.suppliers.adapters.digiflazz;

import org.jspecify.annotations.NullMarked;
