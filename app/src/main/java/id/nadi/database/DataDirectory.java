package id.nadi.database;

import id.nadi.kernel.SecretBox;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The folder in which one installation keeps what it must not lose; at most one process works in it. */
public final class DataDirectory implements AutoCloseable {
    private static final String KEY_FILE = "secret.key";

    private final Path path;
    private final FileChannel channel;

    @SuppressWarnings("unused") // Held as long as this object lives; the system frees it with the process.
    private final FileLock lock;

    private DataDirectory(Path path, FileChannel channel, FileLock lock) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
    }

    /** Opens the folder for this process, making it if need be; empty if another process works in it. */
    public static Optional<DataDirectory> open(Path path) throws IOException {
        PrivateFiles.createDirectories(path);
        FileChannel channel =
                FileChannel.open(path.resolve("nadi.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new DataDirectory(path.toAbsolutePath().normalize(), channel, lock));
    }

    public Path path() {
        return path;
    }

    /**
     * The box that seals secrets, from NADI_SECRET_KEY (base64 of 32 bytes; several, parted by commas, while keys are
     * rotated: the first one seals) or from a file beside the data, made at the first start.
     */
    public static SecretBox secretBox(Path directory, @Nullable String configured) throws IOException {
        String keys = configured;
        if (keys == null || keys.isBlank()) {
            Path file = directory.resolve(KEY_FILE);
            if (!Files.exists(file)) {
                byte[] key = new byte[32];
                new SecureRandom().nextBytes(key);
                PrivateFiles.createDirectories(directory);
                PrivateFiles.write(file, Base64.getEncoder().encodeToString(key) + "\n");
            }
            keys = Files.readString(file);
        }
        String[] parts = keys.strip().split("\\s*,\\s*");
        byte[][] decoded = new byte[parts.length][];
        for (int at = 0; at < parts.length; at++) {
            decoded[at] = Base64.getDecoder().decode(parts[at]);
        }
        return new SecretBox(decoded);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
