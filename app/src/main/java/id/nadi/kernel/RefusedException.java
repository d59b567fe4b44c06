package id.nadi.kernel;

import java.util.Locale;

/** Carries a {@link Refusal} out of a door. Cheap: it records no stack, because it is an answer and not a fault. */
public final class RefusedException extends RuntimeException {
    private final transient Refusal refusal;

    RefusedException(Refusal refusal) {
        super(refusal.message(Locale.ENGLISH), null, false, false);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
