/** What a stand-in is to the sandbox, and what it finds there. */
@NullMarked
package id.nadi.sandbox.standin;

import org.jspecify.annotations.NullMarked;
