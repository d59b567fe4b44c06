package id.nadi.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTests {
    @TempDir
    Path directory = Path.of("replaced by the extension");

    @Test
    void areReadByTheirOwnerAlone() throws IOException {
        Path file = directory.resolve("secret");
        PrivateFiles.write(file, "one");
        assertThat(modeOf(file)).isEqualTo("rw-------");
        assertThat(file).hasContent("one");
    }

    @Test
    void replaceWhatWasThereAndItsModeInOneStepAndLeaveNoDraft() throws IOException {
        Path file = directory.resolve("secret");
        Files.writeString(file, "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        PrivateFiles.write(file, "new");
        assertThat(modeOf(file)).isEqualTo("rw-------");
        assertThat(file).hasContent("new");
        assertThat(directory).isDirectoryContaining(found -> found.equals(file));
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void foldersAreEnteredByTheirOwnerAlone() throws IOException {
        Path folder = directory.resolve("a/b");
        PrivateFiles.createDirectories(folder);
        PrivateFiles.createDirectories(folder);
        assertThat(modeOf(folder)).isEqualTo("rwx------");
        assertThat(modeOf(directory.resolve("a"))).isEqualTo("rwx------");
    }

    static String modeOf(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
