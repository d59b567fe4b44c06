package id.nadi.demo;

import id.nadi.kernel.Hashes;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A partner's server as it would be written elsewhere: it knows the API's documentation, a key and a secret. */
final class PartnerClient implements AutoCloseable {
    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI baseUrl;
    private final String key;
    private final String secret;

    PartnerClient(URI baseUrl, String key, String secret) {
        this.baseUrl = baseUrl;
        this.key = key;
        this.secret = secret;
    }

    /** What the API answered. */
    record Answer(int status, JsonNode body) {
        JsonNode data() {
            return body.path("data");
        }

        String errorCode() {
            return body.path("error_code").asString("");
        }
    }

    Answer order(Map<String, ?> order) throws IOException, InterruptedException {
        return call("POST", "/api/v1/transactions", json.writeValueAsString(order));
    }

    Answer byReference(String reference) throws IOException, InterruptedException {
        return call("GET", "/api/v1/transactions?ref_id=" + URLEncoder.encode(reference, StandardCharsets.UTF_8), "");
    }

    Answer balance() throws IOException, InterruptedException {
        return call("GET", "/api/v1/balance", "");
    }

    private Answer call(String method, String path, String body) throws IOException, InterruptedException {
        String timestamp = Long.toString(Instant.now().getEpochSecond());
        byte[] signed = (timestamp + "\n" + method + "\n" + path + "\n" + body).getBytes(StandardCharsets.UTF_8);
        String signature = Hashes.hex(Hashes.hmac("HmacSHA256", secret.getBytes(StandardCharsets.UTF_8), signed));
        HttpRequest.Builder request = HttpRequest.newBuilder(baseUrl.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("X-Api-Key", key)
                .header("X-Timestamp", timestamp)
                .header("X-Signature", signature)
                .header("Accept-Language", "id");
        if ("POST".equals(method)) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        }
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), json.readTree(response.body()));
    }

    @Override
    public void close() {
        http.close();
    }
}
