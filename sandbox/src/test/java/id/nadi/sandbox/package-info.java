/** What the sandbox promises, tested over HTTP and with real processes. */
@NullMarked
package id.nadi.sandbox;

import org.jspecify.annotations.NullMarked;
