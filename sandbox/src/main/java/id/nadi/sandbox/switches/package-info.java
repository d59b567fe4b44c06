/** Switches that make a stand-in misbehave: defaults, overridden for all, overridden for one account. */
@NullMarked
package id.nadi.sandbox.switches;

import org.jspecify.annotations.NullMarked;
