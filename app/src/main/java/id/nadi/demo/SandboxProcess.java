package id.nadi.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The sandbox as a second process: found by the file it leaves and adopted if it is alive, started otherwise. It keeps its
 * references in the same folder, so it knows after a crash what it has delivered.
 */
public final class SandboxProcess implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(30);
    private static final String MAIN = "id.nadi.sandbox.Sandbox";

    /** How soon the sandbox lets the same reference be asked about again. */
    public static final int REPOLL_SECONDS = 2;

    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final ProcessHandle process;
    private final URI baseUrl;
    private final String token;

    private record Announced(long pid, URI baseUrl, String token, int port) {}

    private SandboxProcess(ProcessHandle process, Announced announced) {
        this.process = process;
        this.baseUrl = announced.baseUrl;
        this.token = announced.token;
    }

    /** Adopts or starts the sandbox whose data are in {@code directory/sandbox}. */
    public static SandboxProcess open(Path directory) throws IOException, InterruptedException {
        Path home = Files.createDirectories(directory.resolve("sandbox"));
        Optional<Announced> left = announced(home);
        if (left.isPresent() && alive(left.get())) {
            ProcessHandle handle = ProcessHandle.of(left.get().pid).orElseThrow();
            return new SandboxProcess(handle, left.get());
        }
        Process started = start(home, left.map(Announced::port).orElse(0));
        long until = System.nanoTime() + START_MAX.toNanos();
        while (System.nanoTime() < until) {
            Optional<Announced> now = announced(home);
            if (now.isPresent() && now.get().pid == started.pid() && alive(now.get())) {
                return new SandboxProcess(started.toHandle(), now.get());
            }
            if (!started.isAlive()) {
                break;
            }
            Thread.sleep(50);
        }
        started.destroy();
        throw new IOException("the sandbox did not start; see " + home.resolve("sandbox.log"));
    }

    /** Where it listens. */
    public URI baseUrl() {
        return baseUrl;
    }

    /** Stops a sandbox that an earlier demo left running over that folder, if there is one. */
    public static void stopLeftOver(Path directory) throws IOException, InterruptedException {
        Path home = directory.resolve("sandbox");
        Optional<Announced> left = announced(home);
        if (left.isPresent() && alive(left.get())) {
            ProcessHandle handle = ProcessHandle.of(left.get().pid).orElseThrow();
            new SandboxProcess(handle, left.get()).close();
        }
    }

    /** Asks the sandbox's control interface; fails if it does not agree. */
    JsonNode control(String method, String path, @Nullable Object body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(baseUrl.resolve("/control/digiflazz" + path))
                .timeout(Duration.ofSeconds(10))
                .header("X-Sandbox-Token", token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException("the sandbox answered " + response.statusCode() + " to " + method + " " + path + ": "
                    + response.body());
        }
        return response.body().isBlank() ? json.createObjectNode() : json.readTree(response.body());
    }

    /** Tells what becomes of purchases for one destination. */
    void script(String destination, Map<String, ?> script) throws IOException, InterruptedException {
        control("PUT", "/scripts/" + destination, script);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            process.onExit().get(10, java.util.concurrent.TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException stubborn) {
            process.destroyForcibly();
        } catch (java.util.concurrent.ExecutionException impossible) {
            throw new IOException(impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        http.close();
    }

    private static Process start(Path home, int port) throws IOException {
        String classpath = System.getProperty("nadi.sandbox.classpath");
        if (classpath == null) {
            throw new IOException("the sandbox's classes are not known: start the demo with ./nadi demo");
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                classpath,
                MAIN,
                "--data",
                home.toString(),
                "--min-repoll-s",
                Integer.toString(REPOLL_SECONDS)));
        if (free(port)) {
            command.addAll(List.of("--port", Integer.toString(port)));
        }
        Path log = home.resolve("sandbox.log");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** The same port as last time where it is free, so that what points there goes on working. */
    private static boolean free(int port) {
        if (port == 0) {
            return false;
        }
        try (var socket = new java.net.ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new java.net.InetSocketAddress("127.0.0.1", port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static Optional<Announced> announced(Path home) throws IOException {
        Path file = home.resolve("sandbox.json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode node = JsonMapper.builder().build().readTree(Files.readString(file));
            return Optional.of(new Announced(
                    node.path("pid").asLong(),
                    URI.create(node.path("baseUrl").asString()),
                    node.path("token").asString(),
                    node.path("port").asInt()));
        } catch (JacksonException torn) {
            return Optional.empty();
        }
    }

    private static boolean alive(Announced announced) throws InterruptedException {
        if (ProcessHandle.of(announced.pid).filter(ProcessHandle::isAlive).isEmpty()) {
            return false;
        }
        try (HttpClient probe =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build()) {
            HttpResponse<String> health = probe.send(
                    HttpRequest.newBuilder(announced.baseUrl.resolve("/health"))
                            .timeout(Duration.ofSeconds(2))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return health.statusCode() == 200
                    && JsonMapper.builder()
                                    .build()
                                    .readTree(health.body())
                                    .path("pid")
                                    .asLong()
                            == announced.pid;
        } catch (IOException | JacksonException silent) {
            return false;
        }
    }
}
