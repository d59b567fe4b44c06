package id.nadi.boot;

import static org.assertj.core.api.Assertions.assertThat;

import id.nadi.database.DataDirectory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTests {
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void refusesWrongUsage() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("sell")).isEqualTo(2);
        assertThat(run("serve", "--port", "70000")).isEqualTo(2);
        assertThat(run("audit", "--frequency")).isEqualTo(2);
    }

    @Test
    void saysInOneSentenceThatThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(run("serve", "--bind", "127.0.0.1", "--port", port, "--data", directory.toString()))
                    .isEqualTo(1);
            assertThat(err.toString().strip())
                    .isEqualTo("nadi: port " + port + " is taken; choose another with --port");
        }
    }

    @Test
    void saysInOneSentenceThatTheFolderIsInUse() throws Exception {
        try (DataDirectory held = DataDirectory.open(directory).orElseThrow()) {
            assertThat(run(
                            "serve",
                            "--bind",
                            "127.0.0.1",
                            "--port",
                            "0",
                            "--data",
                            held.path().toString()))
                    .isEqualTo(1);
            assertThat(err.toString().strip())
                    .startsWith("nadi: another process works in " + held.path())
                    .hasLineCount(1);
        }
    }

    @Test
    void auditsNothingWhereThereIsNothing() {
        Path nowhere = directory.resolve("nowhere");
        assertThat(run("audit", "--data", nowhere.toString())).isEqualTo(1);
        assertThat(err.toString().strip()).isEqualTo("nadi: there is no database in " + nowhere);
        assertThat(Files.exists(nowhere)).isFalse();
    }

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
