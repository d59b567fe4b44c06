package id.nadi.sandbox.digiflazz;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a longer list.
 *
 * @param nextCursor where to go on; null at the end
 */
public record Page<T>(List<T> items, @Nullable Long nextCursor) {}
