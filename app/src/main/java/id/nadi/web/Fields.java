package id.nadi.web;

import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Phrase;
import id.nadi.kernel.Refusal;
import id.nadi.kernel.RefusedException;
import org.jspecify.annotations.Nullable;

/** Checks on single fields of a body, refused by the field's name. */
public final class Fields {
    private Fields() {}

    /** A text that has to be there: not empty, of so many characters at the most, of characters that can be seen. */
    public static String text(String field, @Nullable String value, int lengthMax) {
        if (value == null || value.isEmpty()) {
            throw invalid(field, new Phrase("wajib diisi", "it is required"));
        }
        if (value.length() > lengthMax) {
            throw invalid(
                    field,
                    new Phrase("paling panjang " + lengthMax + " karakter", "at most " + lengthMax + " characters"));
        }
        if (!value.codePoints().allMatch(Fields::isVisible)) {
            throw invalid(
                    field,
                    new Phrase("berisi karakter yang tidak diizinkan", "it contains characters that are not allowed"));
        }
        return value;
    }

    public static RefusedException invalid(String field, Phrase reason) {
        return Refusal.of(ErrorCode.FIELD_INVALID, field, reason).asException();
    }

    /** NUL cannot be stored; controls, invisible joiners and halves of pairs only serve to deceive. */
    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
