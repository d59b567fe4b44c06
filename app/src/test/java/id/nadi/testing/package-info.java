/** What tests share: one real database for each run, people and products to try things with. */
@NullMarked
package id.nadi.testing;

import org.jspecify.annotations.NullMarked;
