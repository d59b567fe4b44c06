package id.nadi.kernel;

import java.util.Locale;

/** A few words in both languages of the house. As an argument of a {@link Refusal} it is said in the caller's. */
public record Phrase(String indonesian, String english) {

    /** English if it is asked for, Indonesian otherwise. */
    public String in(Locale locale) {
        return "en".equals(locale.getLanguage()) ? english : indonesian;
    }
}
