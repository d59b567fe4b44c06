package id.nadi.catalog;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The published prefixes that a new tenant starts with; from then on they are the tenant's own data. */
public final class OperatorPrefixes {
    private static final String RESOURCE = "/catalog/operator-prefixes.tsv";

    private OperatorPrefixes() {}

    /** Each prefix with the operator it belongs to, by the names that price lists use. */
    public static Map<String, String> published() {
        Map<String, String> operators = new TreeMap<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(OperatorPrefixes.class.getResourceAsStream(RESOURCE)),
                StandardCharsets.UTF_8))) {
            reader.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                String[] columns = line.split("\t");
                for (String prefix : columns[1].split(" ")) {
                    operators.put(prefix, columns[0]);
                }
            });
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return operators;
    }
}
