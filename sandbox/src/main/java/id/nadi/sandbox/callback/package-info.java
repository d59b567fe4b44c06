/** Sends callbacks to whoever asked for them, bounded per receiver. */
@NullMarked
package id.nadi.sandbox.callback;

import org.jspecify.annotations.NullMarked;
