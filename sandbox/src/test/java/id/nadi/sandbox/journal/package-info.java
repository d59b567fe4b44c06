/** What the journal promises. */
@NullMarked
package id.nadi.sandbox.journal;

import org.jspecify.annotations.NullMarked;
