package id.nadi.sandbox.digiflazz;

import org.jspecify.annotations.Nullable;

/**
 * What the receiver made of a callback sent by hand.
 *
 * @param httpStatus null if nothing readable came back; the answer then says why
 */
public record CallbackReceipt(boolean accepted, @Nullable Integer httpStatus, String answer, String sent) {}
