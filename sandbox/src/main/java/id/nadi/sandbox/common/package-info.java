/** Small parts every stand-in shares: the directory it owns, JSON, tables, timers, secrets, the record of calls. */
@NullMarked
package id.nadi.sandbox.common;

import org.jspecify.annotations.NullMarked;
