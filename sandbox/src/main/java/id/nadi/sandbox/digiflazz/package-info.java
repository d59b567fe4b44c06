/**
 * Digiflazz as its buyers see it: the buyer API, its callbacks, and the controls that make it misbehave.
 *
 * <p>{@link id.nadi.sandbox.digiflazz.Digiflazz} is the stand-in, {@link id.nadi.sandbox.digiflazz.DigiflazzControl}
 * what a test or a demo does to it. Everything else serves these two.
 */
@NullMarked
package id.nadi.sandbox.digiflazz;

import org.jspecify.annotations.NullMarked;
