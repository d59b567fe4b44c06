/** Digiflazz' buyer API and its controls, tested over HTTP. */
@NullMarked
package id.nadi.sandbox.digiflazz;

import org.jspecify.annotations.NullMarked;
