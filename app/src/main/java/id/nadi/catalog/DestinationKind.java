package id.nadi.catalog;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a product is filled into, and how such a destination is written. */
public enum DestinationKind {
    /** An Indonesian mobile number of 10 to 13 digits; kept as 08…, also taken as 62… or +62…. */
    PHONE(Pattern.compile("08[0-9]{8,11}")),
    /** An electricity meter (11 digits) or customer number (12 digits). */
    METER(Pattern.compile("[0-9]{11,12}")),
    /** An account at whoever issues the product: a game id with its zone, a customer number. */
    ACCOUNT(Pattern.compile("[A-Za-z0-9][A-Za-z0-9@._|-]{2,63}"));

    private final Pattern form;

    DestinationKind(Pattern form) {
        this.form = form;
    }

    /** The destination as it is kept, or empty if it cannot be one. */
    public Optional<String> normalise(String typed) {
        String text = typed.strip();
        if (this == PHONE) {
            text = text.replaceAll("[ -]", "");
            if (text.startsWith("+62")) {
                text = "0" + text.substring(3);
            } else if (text.startsWith("62")) {
                text = "0" + text.substring(2);
            }
        }
        return form.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }
}
