package id.nadi.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script at the root, called as people call it. */
class LauncherTests {
    private static final Path LAUNCHER = Path.of("..", "nadi").toAbsolutePath().normalize();

    /** What the script needs from the system; everything else, Java above all, is out of its sight in these tests. */
    private static final List<String> TOOLS =
            List.of("sh", "cat", "sed", "tr", "dirname", "readlink", "uname", "find", "head", "mkdir", "rm");

    @TempDir
    Path elsewhere;

    private record Ran(int exit, String out, String err) {}

    @Test
    void explainsItself() throws Exception {
        Ran ran = run(Map.of(), LAUNCHER, "--help");
        assertThat(ran.exit).isZero();
        assertThat(ran.out).contains("demo", "serve", "audit", "bench", "test");
        assertThat(run(Map.of(), LAUNCHER, "test", "--help").out).contains("mvn verify");
    }

    @Test
    void answersWrongUsageWithTwo() throws Exception {
        Ran unknown = run(Map.of(), LAUNCHER, "sell");
        assertThat(unknown.exit).isEqualTo(2);
        assertThat(unknown.err).startsWith("nadi: there is no command \"sell\"");
        assertThat(run(Map.of(), LAUNCHER).exit).isEqualTo(2);
    }

    @Test
    void worksThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(elsewhere.resolve("link"), LAUNCHER);
        Path second = Files.createSymbolicLink(elsewhere.resolve("second"), Path.of("link"));
        assertThat(run(Map.of(), link, "--help").exit).isZero();
        assertThat(run(Map.of(), second, "--help").exit).isZero();
    }

    @Test
    void namesTheMissingJdkAndHowToGetIt() throws Exception {
        Ran ran = run(withoutJava(), LAUNCHER, "serve");
        assertThat(ran.exit).isEqualTo(1);
        assertThat(ran.err).startsWith("nadi: a JDK 25 or newer is needed; install one with: ");
        assertThat(ran.err.lines()).hasSize(1);
    }

    @Test
    void passesOverAJdkThatIsTooOld() throws Exception {
        fakeJdk("21.0.5");
        assertThat(run(withoutJava(), LAUNCHER, "test").err).startsWith("nadi: a JDK 25 or newer is needed");
    }

    @Test
    void namesTheMissingMavenOnceAJdkWasFound() throws Exception {
        fakeJdk("25.0.1");
        Ran ran = run(withoutJava(), LAUNCHER, "test");
        assertThat(ran.exit).isEqualTo(1);
        assertThat(ran.err).startsWith("nadi: Maven is needed to build; install it with: ");
    }

    private void fakeJdk(String version) throws IOException {
        Path bin = Files.createDirectories(elsewhere.resolve("jdks/some/bin"));
        for (String program : List.of("java", "javac")) {
            assertThat(Files.writeString(bin.resolve(program), "#!/bin/sh\n")
                            .toFile()
                            .setExecutable(true))
                    .isTrue();
        }
        Files.writeString(elsewhere.resolve("jdks/some/release"), "JAVA_VERSION=\"" + version + "\"\n");
    }

    private Map<String, String> withoutJava() throws IOException {
        Path tools = Files.createDirectories(elsewhere.resolve("tools"));
        for (String tool : TOOLS) {
            for (String folder : List.of("/bin", "/usr/bin")) {
                if (Files.exists(Path.of(folder, tool)) && !Files.exists(tools.resolve(tool))) {
                    Files.createSymbolicLink(tools.resolve(tool), Path.of(folder, tool));
                }
            }
        }
        return Map.of(
                "PATH",
                tools.toString(),
                "HOME",
                elsewhere.toString(),
                "NADI_JDKS",
                elsewhere.resolve("jdks").toString());
    }

    private Ran run(Map<String, String> environment, Path script, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        Path err = elsewhere.resolve("stderr");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(elsewhere.toFile()).redirectError(err.toFile());
        if (!environment.isEmpty()) {
            builder.environment().clear();
            builder.environment().putAll(environment);
        }
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), out, Files.readString(err));
    }
}
