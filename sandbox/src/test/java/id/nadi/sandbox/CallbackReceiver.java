package id.nadi.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import id.nadi.sandbox.common.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** Somebody who gets callbacks, and can refuse the first few. */
public final class CallbackReceiver implements AutoCloseable {
    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();

    /** One callback as it came in. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Received(
            String path,
            String event,
            String delivery,
            String signature,
            String userAgent,
            String contentType,
            byte[] body) {
        public JsonNode data() {
            return Json.mapper().readTree(body).path("data");
        }
    }

    public CallbackReceiver() throws IOException {
        this(0);
    }

    public CallbackReceiver(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::receive);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            received.add(new Received(
                    exchange.getRequestURI().getPath(),
                    header(exchange, "X-Digiflazz-Event"),
                    header(exchange, "X-Digiflazz-Delivery"),
                    header(exchange, "X-Hub-Signature"),
                    header(exchange, "User-Agent"),
                    header(exchange, "Content-Type"),
                    exchange.getRequestBody().readAllBytes()));
            boolean refuse = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            byte[] answer = (refuse ? "no" : "ok").getBytes(UTF_8);
            exchange.sendResponseHeaders(refuse ? 500 : 200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    public String url() {
        return "http://127.0.0.1:" + port() + "/hook";
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public List<Received> received() {
        return received;
    }

    public List<Received> about(String refId) {
        return received.stream()
                .filter(callback -> callback.data().path("ref_id").asString("").equals(refId))
                .toList();
    }

    public void refuseNext(int times) {
        refusals.set(times);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
