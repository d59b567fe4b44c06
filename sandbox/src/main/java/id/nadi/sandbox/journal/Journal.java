package id.nadi.sandbox.journal;

import id.nadi.sandbox.common.OwnerOnly;
import id.nadi.sandbox.common.SandboxException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Entries as lines of JSON in numbered files ({@code name-000001.jsonl}, …), written before anything answers for them.
 *
 * <p>A line that was handed to the operating system survives the end of this process, which is what is promised; it
 * is forced to the disk only when a file is full or closed, so that a sudden loss of power may cost the last seconds.
 *
 * @param <E> the type of all entries, known to the mapper
 */
public final class Journal<E> implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Journal.class);
    private static final long FILE_BYTES_MAX = 64L << 20;

    private final Path directory;
    private final String name;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    private int number = 1;
    // Not a FileChannel: interrupting a thread that writes to one closes it for everybody.
    private RandomAccessFile file;
    private long length;
    private boolean broken;

    /**
     * Reads all entries there are, oldest first, and opens the last file for more.
     *
     * @throws SandboxException if a line cannot be read that is not the torn end of the last file
     */
    public Journal(Path directory, String name, JsonMapper mapper, Class<E> type, Consumer<E> replay) {
        this.directory = directory;
        this.name = name;
        // An entry may leave out what is zero or false.
        this.reader = mapper.readerFor(type).without(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
        this.writer = mapper.writerFor(type);
        try {
            this.file = open(replayAll(replay));
        } catch (IOException e) {
            throw new SandboxException("The journal " + name + " in " + directory + " cannot be opened: " + e, e);
        }
    }

    private long replayAll(Consumer<E> replay) throws IOException {
        List<Path> files = files();
        long kept = 0;
        for (int index = 0; index < files.size(); index++) {
            kept = replay(files.get(index), index == files.size() - 1, replay);
        }
        number = Math.max(1, files.size());
        return kept;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(path -> path.getFileName().toString().matches(name + "-\\d{6}\\.jsonl"))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Returns how many bytes of the file are whole lines. A line is written at once and ends with its line feed, so
     * the end of the process can tear only the last one, and only so that its line feed is missing. Anything else
     * that cannot be read was answered for once, and is not dropped in silence.
     */
    private long replay(Path path, boolean last, Consumer<E> replay) throws IOException {
        byte[] lines = Files.readAllBytes(path); // bounded, since files are turned over when they are full
        int start = 0;
        for (int end = 0; end < lines.length; end++) {
            if (lines[end] == '\n') {
                replay.accept(parse(lines, start, end, path));
                start = end + 1;
            }
        }
        if (start == lines.length) {
            return start;
        }
        if (!last) {
            throw unreadable(path, start, "a line without an end", null);
        }
        log.warn("{} ends in a torn line at byte {}, which is dropped", path, start);
        return start;
    }

    private E parse(byte[] lines, int start, int end, Path path) {
        try {
            return reader.readValue(lines, start, end - start);
        } catch (JacksonException e) {
            throw unreadable(path, start, e.getOriginalMessage(), e);
        }
    }

    private static SandboxException unreadable(Path path, int position, String why, @Nullable Exception cause) {
        return new SandboxException(
                "The journal " + path + " cannot be read at byte " + position + " (" + why
                        + "). Restore it, or start with an empty directory.",
                cause);
    }

    private RandomAccessFile open(long kept) throws IOException {
        if (Files.notExists(path())) {
            Files.createFile(path(), OwnerOnly.file(path())); // keys of accounts stand in it
        }
        RandomAccessFile opened = new RandomAccessFile(path().toFile(), "rw");
        opened.setLength(kept);
        opened.seek(kept);
        length = kept;
        return opened;
    }

    private Path path() {
        return directory.resolve("%s-%06d.jsonl".formatted(name, number));
    }

    /** Writes the entry. When this returns, the end of the process cannot take it back; when it throws, it is not there. */
    public synchronized void append(E entry) {
        byte[] json = writer.writeValueAsBytes(entry);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        try {
            write(line);
        } catch (IOException e) {
            throw new UncheckedIOException("journal " + path(), e);
        }
    }

    private void write(byte[] line) throws IOException {
        if (broken) {
            throw new IOException("an earlier write failed and could not be undone");
        }
        if (length >= FILE_BYTES_MAX) {
            turnOver();
        }
        try {
            file.write(line);
            length += line.length;
        } catch (IOException e) {
            undo();
            throw e;
        }
    }

    private void turnOver() throws IOException {
        file.getFD().sync();
        file.close();
        number++;
        file = open(0);
    }

    /** Half a line in the middle would make the whole journal unreadable. */
    private void undo() throws IOException {
        broken = true;
        file.setLength(length);
        file.seek(length);
        broken = false;
    }

    @Override
    public synchronized void close() {
        try {
            file.getFD().sync();
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("journal " + path(), e);
        } finally {
            broken = true;
        }
    }
}
