/**
 * The outside world on loopback: stand-ins for suppliers and gateways that speak their real protocols.
 *
 * <p>Owns: the process, its directory and its control token. Promises: what was answered survives {@code kill -9}.
 * Never does: reach beyond this machine, except to the callback addresses it was given.
 */
@NullMarked
package id.nadi.sandbox;

import org.jspecify.annotations.NullMarked;
