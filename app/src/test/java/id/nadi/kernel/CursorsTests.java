package id.nadi.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorsTests {

    @Test
    void leadBackToWhatTheyWereMadeOf() {
        Random random = new Random(20_261_121);
        for (int round = 0; round < 1_000; round++) {
            UUID id = new UUID(random.nextLong(), random.nextLong());
            long number = random.nextLong();
            assertThat(Cursors.uuid(Cursors.of(id))).isEqualTo(id);
            assertThat(Cursors.number(Cursors.of(number))).isEqualTo(number);
        }
        assertThat(Cursors.uuid(null)).isNull();
        assertThat(Cursors.number(null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "1", "AAAA", "../../etc", "💥", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void refuseWhatIsNotOurs(String typed) {
        for (Runnable reading : List.<Runnable>of(() -> Cursors.uuid(typed), () -> Cursors.number(typed))) {
            assertThatThrownBy(reading::run)
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refused -> assertThat(refused.refusal().code()).isEqualTo(ErrorCode.PARAMETER_INVALID));
        }
    }

    @Test
    void areNotTakenForEachOther() {
        assertThatThrownBy(() -> Cursors.number(Cursors.of(Ids.next()))).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> Cursors.uuid(Cursors.of(1L))).isInstanceOf(RefusedException.class);
    }
}
