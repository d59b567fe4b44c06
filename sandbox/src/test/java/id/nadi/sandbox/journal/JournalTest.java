package id.nadi.sandbox.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.nadi.sandbox.common.Json;
import id.nadi.sandbox.common.SandboxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    private Path directory;

    private record Note(int number, String text) {}

    @Test
    void givesBackWhatWasAppended() {
        try (Journal<Note> journal = open(new ArrayList<>())) {
            journal.append(new Note(1, "satu"));
            journal.append(new Note(2, "dua\nbaris"));
        }

        assertThat(replayed()).containsExactly(new Note(1, "satu"), new Note(2, "dua\nbaris"));
    }

    @Test
    void hasWrittenALineBeforeAppendReturns() throws IOException {
        try (Journal<Note> journal = open(new ArrayList<>())) {
            journal.append(new Note(1, "satu"));

            assertThat(Files.readString(file())).isEqualTo("{\"number\":1,\"text\":\"satu\"}\n");
        }
    }

    @Test
    void dropsATornLastLineAndGoesOn() throws IOException {
        Files.writeString(file(), "{\"number\":1,\"text\":\"satu\"}\n{\"number\":2,\"te");

        List<Note> notes = new ArrayList<>();
        try (Journal<Note> journal = open(notes)) {
            journal.append(new Note(3, "tiga"));
        }

        assertThat(notes).containsExactly(new Note(1, "satu"));
        assertThat(replayed()).containsExactly(new Note(1, "satu"), new Note(3, "tiga"));
    }

    @Test
    void dropsNoWholeLine() throws IOException {
        Files.writeString(file(), "{\"number\":1,\"text\":\"satu\"}\n{\"number\":2,\"colour\":\"blue\"}\n");

        assertThatThrownBy(this::replayed).isInstanceOf(SandboxException.class).hasMessageContaining("colour");
    }

    @Test
    void refusesToGuessWhatAnUnreadableLineInTheMiddleSaid() throws IOException {
        Files.writeString(file(), "{\"number\":1,\"text\":\"satu\"}\nrubbish\n{\"number\":3,\"text\":\"tiga\"}\n");

        assertThatThrownBy(this::replayed).isInstanceOf(SandboxException.class).hasMessageContaining("at byte 27");
    }

    @Test
    void refusesATornLineInAnEarlierFile() throws IOException {
        Files.writeString(file(), "{\"number\":1,\"te");
        Files.writeString(directory.resolve("notes-000002.jsonl"), "{\"number\":2,\"text\":\"dua\"}\n");

        assertThatThrownBy(this::replayed).isInstanceOf(SandboxException.class);
    }

    @Test
    void readsFilesInTheirOrderAndGoesOnInTheLast() throws IOException {
        Files.writeString(file(), "{\"number\":1,\"text\":\"satu\"}\n");
        Path second = directory.resolve("notes-000002.jsonl");
        Files.writeString(second, "{\"number\":2,\"text\":\"dua\"}\n");

        try (Journal<Note> journal = open(new ArrayList<>())) {
            journal.append(new Note(3, "tiga"));
        }

        assertThat(Files.readAllLines(second)).hasSize(2);
        assertThat(replayed()).extracting(Note::number).containsExactly(1, 2, 3);
    }

    @Test
    void turnsOverToANewFileWhenOneIsFull() throws IOException {
        String text = "x".repeat(1 << 20);
        try (Journal<Note> journal = open(new ArrayList<>())) {
            for (int number = 1; number <= 70; number++) {
                journal.append(new Note(number, text));
            }
        }

        assertThat(Files.exists(directory.resolve("notes-000002.jsonl"))).isTrue();
        assertThat(replayed()).hasSize(70);
    }

    @Test
    void keepsItsFilesFromOthers() throws IOException {
        open(new ArrayList<>()).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void takesNothingMoreOnceClosed() {
        Journal<Note> journal = open(new ArrayList<>());
        journal.close();

        assertThatThrownBy(() -> journal.append(new Note(1, "satu"))).hasMessageContaining("notes-000001.jsonl");
    }

    @Test
    void isNotConfusedByOtherFiles() throws IOException {
        Files.writeString(directory.resolve("notes.jsonl"), "rubbish", StandardOpenOption.CREATE);
        Files.writeString(directory.resolve("other-000001.jsonl"), "rubbish", StandardOpenOption.CREATE);

        assertThat(replayed()).isEmpty();
    }

    private List<Note> replayed() {
        List<Note> notes = new ArrayList<>();
        open(notes).close();
        return notes;
    }

    private Journal<Note> open(List<Note> replayed) {
        return new Journal<>(directory, "notes", Json.mapper(), Note.class, replayed::add);
    }

    private Path file() {
        return directory.resolve("notes-000001.jsonl");
    }
}
