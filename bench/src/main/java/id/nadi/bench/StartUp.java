package id.nadi.bench;

import id.nadi.bench.Bench.NoFigureException;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How long {@code serve} takes on existing data, from the start of its process to its first answer. */
final class StartUp {
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);

    private StartUp() {}

    /** Starts it, waits for the first healthy answer, stops it; answers the seconds in between. */
    static double measure(Path data) throws IOException, InterruptedException {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The launcher's own flags, so that what is measured is what people start.
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "id.nadi.boot.Main", "serve"));
        command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port), "--data", data.toString()));
        long started = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(new File(data.toFile(), "start-up.log").getAbsoluteFile()))
                .start();
        try {
            awaitHealth(process, port, started);
            return (System.nanoTime() - started) / 1e9;
        } finally {
            process.destroy();
            if (!process.waitFor(WAIT_MAX.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    private static void awaitHealth(Process process, int port, long started) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health"))
                .timeout(WAIT_MAX)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (process.isAlive() && System.nanoTime() - started < WAIT_MAX.toNanos()) {
                try {
                    if (client.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200) {
                        return;
                    }
                } catch (IOException notYet) {
                    // Nobody listens yet.
                }
                Thread.sleep(POLL);
            }
        }
        throw new NoFigureException("serve did not come up; start-up.log beside the data says why");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
