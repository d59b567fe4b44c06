/** The append-only journal a stand-in lives from: what is not in it did not happen. */
@NullMarked
package id.nadi.sandbox.journal;

import org.jspecify.annotations.NullMarked;
