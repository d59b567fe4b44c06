package id.nadi.kernel;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values for the places of a statement, of which some may be null. */
public final class SqlValues {
    private SqlValues() {}

    public static List<@Nullable Object> of(@Nullable Object... values) {
        return Collections.unmodifiableList(Arrays.<@Nullable Object>asList(values));
    }
}
