package id.nadi.testing;

import id.nadi.identity.ApiKey;
import id.nadi.kernel.Hashes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A partner's server: signs and sends, over real HTTP. */
public final class PartnerClient {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();
    public static final String TRANSACTIONS = "/api/v1/transactions";

    private final int port;
    private final String key;
    private final String secret;

    public PartnerClient(int port, ApiKey key) {
        this(port, key.key(), key.secret());
    }

    public PartnerClient(int port, String key, String secret) {
        this.port = port;
        this.key = key;
        this.secret = secret;
    }

    /** What came back. */
    public record Answer(HttpResponse<String> raw, JsonNode body) {
        public int status() {
            return raw.statusCode();
        }

        public String errorCode() {
            return body.path("error_code").asString("");
        }

        public JsonNode data() {
            return body.path("data");
        }

        public String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }
    }

    public Answer get(String pathAndQuery) {
        return send("GET", pathAndQuery, new byte[0], signed("GET", pathAndQuery, new byte[0], Instant.now()));
    }

    public Answer order(String reference, String product, String destination) {
        return order("""
                {"ref_id": "%s", "product_code": "%s", "destination": "%s"}""".formatted(reference, product, destination));
    }

    public Answer order(String body) {
        return order(body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** Signs and sends that body; the headers given replace those that a good client sends. */
    public Answer order(byte[] body, Map<String, String> headers) {
        Map<String, String> all = signed("POST", TRANSACTIONS, body, Instant.now());
        all.put("Content-Type", "application/json");
        all.putAll(headers);
        return send("POST", TRANSACTIONS, body, all);
    }

    /** The three headers of a signed request. */
    public Map<String, String> signed(String method, String pathAndQuery, byte[] body, Instant at) {
        String timestamp = Long.toString(at.getEpochSecond());
        byte[] signature = Hashes.hmac(
                "HmacSHA256",
                secret.getBytes(StandardCharsets.UTF_8),
                (timestamp + "\n" + method + "\n" + pathAndQuery + "\n").getBytes(StandardCharsets.UTF_8),
                body);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Api-Key", key);
        headers.put("X-Timestamp", timestamp);
        headers.put("X-Signature", Hashes.hex(signature));
        return headers;
    }

    /** Sends exactly that; a header with an empty value is left out. */
    public Answer send(String method, String pathAndQuery, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + pathAndQuery))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        headers.forEach((name, value) -> {
            if (!value.isEmpty()) {
                request.header(name, value);
            }
        });
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Answer(response, parsed(response));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static JsonNode parsed(HttpResponse<String> response) {
        boolean json = response.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
        return json && !response.body().isEmpty() ? JSON.readTree(response.body()) : JSON.createObjectNode();
    }
}
