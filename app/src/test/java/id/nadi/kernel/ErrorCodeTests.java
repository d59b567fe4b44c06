package id.nadi.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTests {
    private static final Object[] ARGUMENTS = {"first", "second", "third"};

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void eachHasItsOwnMessageInBothLanguagesWithNothingLeftOpen(ErrorCode code) {
        String indonesian = code.message(Locale.of("id"), ARGUMENTS);
        String english = code.message(Locale.ENGLISH, ARGUMENTS);
        assertThat(indonesian).isNotBlank().isNotEqualTo(english).doesNotContain("{", "}");
        assertThat(english).isNotBlank().doesNotContain("{", "}");
        assertThat(code.message(Locale.FRENCH, ARGUMENTS)).isEqualTo(indonesian);
        assertThat(code.httpStatus()).isBetween(400, 504);
    }

    /** In a message pattern a single apostrophe quotes what follows and vanishes; it has to be written twice. */
    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void noMessageLosesAnApostrophe(ErrorCode code) {
        assertThat(code.message(Locale.ENGLISH, ARGUMENTS)).doesNotContainPattern("\\b(keys|members|suppliers) allow");
        assertThat(ErrorCode.ADDRESS_NOT_ALLOWED.message(Locale.ENGLISH)).contains("key's");
    }
}
