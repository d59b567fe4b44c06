package id.nadi.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.nadi.kernel.SecretBox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTests {
    @TempDir
    Path directory = Path.of("replaced by the extension");

    @Test
    void oneAtATimeWorksInIt() throws IOException {
        try (DataDirectory first = DataDirectory.open(directory).orElseThrow()) {
            assertThat(first.path()).isEqualTo(directory.toAbsolutePath().normalize());
            assertThat(DataDirectory.open(directory)).isEmpty();
        }
        try (DataDirectory next = DataDirectory.open(directory).orElseThrow()) {
            assertThat(next.path()).exists();
        }
    }

    /** The lock has to hold against another process, not only against this one. */
    @Test
    void anotherProcessIsKeptOut() throws Exception {
        try (DataDirectory held = DataDirectory.open(directory).orElseThrow()) {
            assertThat(openedByAnotherProcess(held.path())).isFalse();
        }
        assertThat(openedByAnotherProcess(directory)).isTrue();
    }

    static final class Visitor {
        public static void main(String[] arguments) throws IOException {
            System.exit(DataDirectory.open(Path.of(arguments[0])).isPresent() ? 0 : 7);
        }
    }

    @Test
    void keepsTheKeyItMadeInAPrivateFile() throws IOException {
        byte[] sealed = DataDirectory.secretBox(directory, null).seal("secret", "place");
        assertThat(DataDirectory.secretBox(directory, " ").open(sealed, "place"))
                .isEqualTo("secret");
        assertThat(PrivateFilesTests.modeOf(directory.resolve("secret.key"))).isEqualTo("rw-------");
    }

    @Test
    void takesSeveralConfiguredKeysOfWhichTheFirstSeals() throws IOException {
        String old = Base64.getEncoder().encodeToString(new byte[32]);
        byte[] fresh = new byte[32];
        fresh[0] = 1;
        String rotated = Base64.getEncoder().encodeToString(fresh) + " , " + old;
        SecretBox before = DataDirectory.secretBox(directory, old);
        SecretBox after = DataDirectory.secretBox(directory, rotated);
        assertThat(after.open(before.seal("secret", "place"), "place")).isEqualTo("secret");
        byte[] sealed = after.seal("secret", "place");
        assertThatThrownBy(() -> before.open(sealed, "place")).isInstanceOf(IllegalStateException.class);
        assertThat(directory.resolve("secret.key")).doesNotExist();
    }

    private static boolean openedByAnotherProcess(Path directory) throws Exception {
        int code = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Visitor.class.getName(),
                        directory.toString())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(code).isIn(0, 7);
        return code == 0;
    }
}
