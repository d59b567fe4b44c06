package id.nadi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules of style that are seen in the source and not in the classes. */
class HouseStyleTests {
    private static final Path MAIN = Path.of("src", "main", "java");
    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Pattern SWITCH = Pattern.compile("\\bswitch \\(");

    /** {@code case Outcome.Delivered delivered ->}: a label with a type and a name stands for a sealed hierarchy. */
    private static final Pattern TYPE_LABEL = Pattern.compile("\\bcase [A-Z][\\w.]*(<[^>]*>)? [a-z]\\w* ");

    @Test
    void everyPackageIsNullMarked() {
        assertThat(Stream.concat(packages(MAIN), packages(TESTS)))
                .isNotEmpty()
                .allSatisfy(folder -> assertThat(textOf(folder.resolve("package-info.java")))
                        .as(folder.toString())
                        .contains("@NullMarked\n"));
    }

    @Test
    void everyModuleSaysWhatItOwnsPromisesAndNeverDoes() {
        assertThat(packages(MAIN).map(folder -> folder.resolve("package-info.java")))
                .filteredOn(file -> textOf(file).contains("@ApplicationModule"))
                .hasSizeGreaterThan(8)
                .allSatisfy(file -> assertThat(textOf(file))
                        .as(file.toString())
                        .containsSubsequence("/**\n * Owns ", "\n * <p>Promises ", "\n * <p>Never "));
    }

    @Test
    void everyTopPackageIsAModule() {
        assertThat(packages(MAIN).filter(folder -> folder.getNameCount() == MAIN.getNameCount() + 3))
                .allSatisfy(folder -> assertThat(textOf(folder.resolve("package-info.java")))
                        .as(folder.toString())
                        .contains("@ApplicationModule"));
    }

    /** A new state has to break the build where it has to be decided. */
    @Test
    void switchesOverSealedTypesHaveNoDefault() {
        List<String> found = new ArrayList<>();
        sources(MAIN)
                .forEach(file -> switches(textOf(file)).stream()
                        .filter(body -> TYPE_LABEL.matcher(body).find() && body.contains("default ->"))
                        // Exceptions are no sealed family: others may come.
                        .filter(body -> !body.contains("Exception "))
                        .forEach(body ->
                                found.add(file + ": " + body.lines().findFirst().orElse(""))));
        assertThat(found).isEmpty();
        assertThat(sources(MAIN)
                        .mapToLong(file -> switches(textOf(file)).size())
                        .sum())
                .as("the search finds the switches that there are")
                .isGreaterThan(10);
    }

    private static List<String> switches(String source) {
        List<String> bodies = new ArrayList<>();
        Matcher start = SWITCH.matcher(source);
        while (start.find()) {
            int open = source.indexOf('{', start.end());
            int depth = 1;
            int at = open + 1;
            while (at < source.length() && depth > 0) {
                depth += source.charAt(at) == '{' ? 1 : source.charAt(at) == '}' ? -1 : 0;
                at++;
            }
            bodies.add(source.substring(start.start(), at));
        }
        return bodies;
    }

    private static Stream<Path> packages(Path root) {
        return sources(root)
                .map(Path::getParent)
                .filter(folder -> folder != null)
                .distinct();
    }

    private static Stream<Path> sources(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String textOf(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
