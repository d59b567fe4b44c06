package id.nadi.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of a list and where the next one begins; the cursor is opaque outside and null on the last page. */
public record Page<T>(List<T> items, @Nullable String nextCursor) {
    /** The most that one page holds on the wire. */
    public static final int ITEMS_MAX = 200;

    /** Makes a page of at most {@code limit} items from a query that asked for one more than that. */
    public static <T> Page<T> of(List<T> oneMore, int limit, java.util.function.Function<T, String> cursorOf) {
        if (oneMore.size() <= limit) {
            return new Page<>(List.copyOf(oneMore), null);
        }
        List<T> items = List.copyOf(oneMore.subList(0, limit));
        return new Page<>(items, cursorOf.apply(items.getLast()));
    }
}
