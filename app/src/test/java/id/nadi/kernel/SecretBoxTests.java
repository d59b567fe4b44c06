package id.nadi.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SecretBoxTests {
    private static final String PLACE = "api-key/1";
    private static final byte[] OLD = key(1);
    private static final byte[] NEW = key(2);

    @Test
    void opensWhatItSealed() {
        SecretBox box = new SecretBox(NEW);
        byte[] sealed = box.seal("rahasia 💥", PLACE);
        assertThat(box.open(sealed, PLACE)).isEqualTo("rahasia 💥");
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("rahasia");
        assertThat(box.seal("rahasia 💥", PLACE)).as("the same text twice").isNotEqualTo(sealed);
    }

    @Test
    void doesNotOpenWhatWasChangedInAnyByte() {
        SecretBox box = new SecretBox(NEW);
        byte[] sealed = box.seal("secret", PLACE);
        for (int at = 0; at < sealed.length; at++) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> box.open(changed, PLACE)).isInstanceOf(IllegalStateException.class);
        }
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> box.open(cut, PLACE)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void doesNotOpenWhatWasMovedToAnotherPlace() {
        SecretBox box = new SecretBox(NEW);
        byte[] sealed = box.seal("secret", PLACE);
        assertThatThrownBy(() -> box.open(sealed, "api-key/2")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void opensOldSecretsAfterARotationAndSealsWithTheNewKey() {
        byte[] sealed = new SecretBox(OLD).seal("secret", PLACE);
        SecretBox rotated = new SecretBox(NEW, OLD);
        assertThat(rotated.open(sealed, PLACE)).isEqualTo("secret");
        assertThat(new SecretBox(NEW).open(rotated.seal("secret", PLACE), PLACE))
                .isEqualTo("secret");
    }

    @Test
    void saysThatItsKeyIsMissing() {
        byte[] sealed = new SecretBox(OLD).seal("secret", PLACE);
        assertThatThrownBy(() -> new SecretBox(NEW).open(sealed, PLACE)).hasMessageContaining("key");
        assertThatThrownBy(SecretBox::new).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SecretBox(new byte[16])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void digestsMatchTheirValueAndPlaceAloneAndSurviveARotation() {
        byte[] digest = new SecretBox(OLD).digest("271828", "pin/1");
        SecretBox rotated = new SecretBox(NEW, OLD);
        assertThat(rotated.matches(digest, "271828", "pin/1")).isTrue();
        assertThat(rotated.matches(digest, "271829", "pin/1")).isFalse();
        assertThat(rotated.matches(digest, "271828", "pin/2")).isFalse();
        assertThat(new SecretBox(NEW).matches(digest, "271828", "pin/1")).isFalse();
    }

    private static byte[] key(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }
}
