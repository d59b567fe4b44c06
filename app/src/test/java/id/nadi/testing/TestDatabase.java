package id.nadi.testing;

import id.nadi.database.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** One embedded PostgreSQL for the whole run, with the product's own durable settings; stopped and removed at its end. */
public final class TestDatabase {
    private static final Path DIRECTORY = directory();
    private static final EmbeddedDatabase DATABASE = start();

    private TestDatabase() {}

    public static EmbeddedDatabase get() {
        return DATABASE;
    }

    public static Path directoryPath() {
        return DIRECTORY;
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory("nadi-test-");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static EmbeddedDatabase start() {
        try {
            EmbeddedDatabase database = EmbeddedDatabase.start(DIRECTORY);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(database)));
            return database;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void stop(EmbeddedDatabase database) {
        try {
            database.close();
            Files.walkFileTree(DIRECTORY, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, java.io.IOException failure) throws IOException {
                    Files.deleteIfExists(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException leftBehind) {
            System.err.println("the test database could not be removed: " + leftBehind.getMessage());
        }
    }
}
