package id.nadi.sandbox.common;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A tab-separated fixture that ships beside a class: comments start with {@code #}, the first row names the columns. */
public final class Table {
    private Table() {}

    /** One row; its cells are found by the name of their column. */
    public record Row(List<String> columns, List<String> cells) {
        public String text(String column) {
            int index = columns.indexOf(column);
            if (index < 0 || index >= cells.size()) {
                throw new IllegalStateException("no column " + column + " in " + cells);
            }
            return cells.get(index);
        }

        public long number(String column) {
            return Long.parseLong(text(column));
        }

        public boolean yes(String column) {
            return text(column).equals("yes");
        }
    }

    public static List<Row> read(Class<?> beside, String name) {
        try (InputStream resource = beside.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("fixture " + name + " is not on the class path");
            }
            return rows(new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Row> rows(BufferedReader reader) {
        List<List<String>> lines = reader.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> List.of(line.split("\t", -1)))
                .toList();
        List<Row> rows = new ArrayList<>(lines.size());
        for (List<String> cells : lines.subList(1, lines.size())) {
            rows.add(new Row(lines.getFirst(), cells));
        }
        return rows;
    }
}
