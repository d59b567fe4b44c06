/** What holds for the whole product: its modules and the house's rules of style that a machine can check. */
@NullMarked
package id.nadi;

import org.jspecify.annotations.NullMarked;
