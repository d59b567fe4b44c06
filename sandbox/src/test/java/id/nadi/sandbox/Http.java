package id.nadi.sandbox;

import id.nadi.sandbox.common.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Plain calls over HTTP. */
public final class Http {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private Http() {}

    /** What came back. */
    public record Answer(int status, String text) {
        public JsonNode json() {
            return Json.mapper().readTree(text);
        }

        public JsonNode data() {
            return json().path("data");
        }

        public String rc() {
            return data().path("rc").asString("");
        }
    }

    public static Answer call(String method, String url, Map<String, String> headers, String body) throws IOException {
        return call(method, url, headers, body, Duration.ofSeconds(10));
    }

    public static Answer call(String method, String url, Map<String, String> headers, String body, Duration timeout)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(timeout)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
