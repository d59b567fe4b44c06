package id.nadi.sandbox.common;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;

/** The directory one running sandbox owns, alone: its lock, its control token and the note that says where it listens. */
public final class Home implements AutoCloseable {
    private static final int TOKEN_BYTES = 24;

    private final Path directory;
    private final FileChannel lock;
    private final String token;

    private Home(Path directory, FileChannel lock, String token) {
        this.directory = directory;
        this.lock = lock;
        this.token = token;
    }

    /** What {@code sandbox.json} tells other processes of the same user. */
    public record Announcement(long pid, int port, String baseUrl, Instant startedAt, String token) {}

    /**
     * Takes the directory, creating it if need be.
     *
     * @throws SandboxException if another sandbox holds it or it cannot be written
     */
    public static Home claim(Path directory) {
        try {
            Files.createDirectories(directory, OwnerOnly.directory(directory));
            return holding(lock(directory), directory);
        } catch (IOException e) {
            throw new SandboxException("The directory " + directory + " cannot be used: " + e, e);
        }
    }

    private static Home holding(FileChannel lock, Path directory) throws IOException {
        try {
            return new Home(directory, lock, token(directory.resolve("token")));
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), Set.of(CREATE, WRITE), OwnerOnly.file(directory));
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException _) {
            // Held by this very process: the same answer as when another one holds it.
        }
        channel.close();
        throw new SandboxException(
                "A running sandbox already holds " + directory + ". Stop it, or choose another directory with --data.");
    }

    private static String token(Path file) throws IOException {
        if (Files.exists(file)) {
            String kept = Files.readString(file).strip();
            if (!kept.isEmpty()) {
                return kept;
            }
        }
        String token = Secrets.hex(TOKEN_BYTES);
        replace(file, token + "\n");
        return token;
    }

    public Path directory() {
        return directory;
    }

    public String token() {
        return token;
    }

    /** Writes {@code sandbox.json}: whoever reads it sees the whole of it or the one before, never a part. */
    public void announce(Announcement announcement) {
        try {
            replace(note(), Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(announcement) + "\n");
        } catch (IOException e) {
            throw new SandboxException("The file " + note() + " cannot be written: " + e, e);
        }
    }

    private static void replace(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        try (FileChannel channel = FileChannel.open(draft, Set.of(CREATE_NEW, WRITE), OwnerOnly.file(draft))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(draft, file, ATOMIC_MOVE, REPLACE_EXISTING);
    }

    private Path note() {
        return directory.resolve("sandbox.json");
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(note());
            lock.close();
        } catch (IOException e) {
            throw new SandboxException("The directory " + directory + " cannot be released: " + e, e);
        }
    }
}
