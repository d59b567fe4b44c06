package id.nadi.demo;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One order of the demonstration and how it has to end.
 *
 * @param script what the sandbox does with that destination; none for its usual quick success
 * @param ends SUCCESS, FAILED, or the code of the refusal that is expected
 */
record Scene(
        String title,
        String product,
        String destination,
        @Nullable Map<String, ?> script,
        String ends) {

    boolean isRefused() {
        return !ends.equals("SUCCESS") && !ends.equals("FAILED");
    }
}
