package id.nadi.connect;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param body what is sent; none for methods without one
 * @param timeout the longest that the whole exchange may take
 */
public record Call(String method, URI address, Map<String, String> headers, byte @Nullable [] body, Duration timeout) {

    public static Call postJson(URI address, byte[] body, Duration timeout) {
        return new Call("POST", address, Map.of("Content-Type", "application/json"), body, timeout);
    }
}
