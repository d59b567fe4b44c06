package id.nadi.bench;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rows as people read them. */
final class Table {
    private static final String LINE = "%-22s %10s %-14s %8s %8s %10s   %s%n";

    private Table() {}

    static String of(List<Row> rows) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, LINE, "name", "value", "unit", "must", "goal", "baseline", "min–max (runs)"));
        for (Row row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    LINE,
                    row.name(),
                    number(row.value()),
                    row.unit(),
                    number(row.must()),
                    number(row.goal()),
                    number(row.baseline()),
                    spread(row.samples())));
        }
        return text.toString();
    }

    private static String spread(List<Double> samples) {
        return number(Collections.min(samples)) + "–" + number(Collections.max(samples)) + " (" + samples.size() + ")";
    }

    private static String number(@Nullable Double value) {
        if (value == null) {
            return "";
        }
        return Math.abs(value) >= 100
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
