/**
 * Load and side-by-side comparisons. Each bench is one class with one command; all of them print the same rows and end
 * with the audit of the books, without which there is no figure.
 */
@NullMarked
package id.nadi.bench;

import org.jspecify.annotations.NullMarked;
