package id.nadi.kernel;

import java.util.List;
import java.util.Locale;

/** A refused request as a value: which code, and what fills its message; a {@link Phrase} is said in the language asked for. */
public record Refusal(ErrorCode code, List<Object> arguments) {

    public static Refusal of(ErrorCode code, Object... arguments) {
        return new Refusal(code, List.of(arguments));
    }

    public String message(Locale locale) {
        return code.message(
                locale,
                arguments.stream()
                        .map(argument -> argument instanceof Phrase phrase ? phrase.in(locale) : argument)
                        .toArray());
    }

    /** Leaves a door by its error road; inside the house a refusal is passed as a value. */
    public RefusedException asException() {
        return new RefusedException(this);
    }
}
