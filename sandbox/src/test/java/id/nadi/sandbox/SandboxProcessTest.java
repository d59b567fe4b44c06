package id.nadi.sandbox;

import static id.nadi.sandbox.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.nadi.sandbox.common.Json;
import id.nadi.sandbox.common.SandboxException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The sandbox as a process of its own. */
class SandboxProcessTest {
    private static final int PATIENCE_S = 20;

    @TempDir
    private Path root;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endAll() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void survivesKillMinus9() throws Exception {
        Path data = root.resolve("data");
        Process first = start("--data", data.toString());
        String baseUrl = listening(first);
        JsonNode account =
                control(data, "POST", "/control/digiflazz/accounts", "{\"username\":\"demo\",\"balance\":100000}");
        String before = buy(baseUrl, account, "R1");
        String token = note(data).path("token").asString();

        first.destroyForcibly().waitFor();
        Process second = start("--data", data.toString(), "--min-repoll-s", "0");
        String after = buy(listening(second), account, "R1");

        assertThat(before).contains("\"rc\":\"00\"");
        assertThat(after).isEqualTo(before);
        assertThat(note(data).path("token").asString()).isEqualTo(token);
        assertThat(note(data).path("pid").asLong()).isEqualTo(second.pid());
        JsonNode summary = control(data, "GET", "/control/digiflazz/summary", "");
        assertThat(summary.path("delivered").asInt()).isEqualTo(1);
        assertThat(summary.path("callsReceived").asInt()).isEqualTo(2);
    }

    @Test
    void tellsItsOwnerAloneWhereItListensAndStopsWhenAsked() throws Exception {
        Path data = root.resolve("data");
        Process process = start("--data", data.toString(), "--port", "0");
        String baseUrl = listening(process);

        JsonNode note = note(data);
        assertThat(note.propertyNames()).containsExactly("pid", "port", "baseUrl", "startedAt", "token");
        assertThat(note.path("baseUrl").asString()).isEqualTo(baseUrl);
        assertThat(note.path("pid").asLong()).isEqualTo(process.pid());
        for (String name : List.of("sandbox.json", "token", "digiflazz-000001.jsonl")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(name))))
                    .isEqualTo("rw-------");
        }
        assertThat(Http.call("GET", baseUrl + "/health", Map.of(), "").status()).isEqualTo(200);

        process.destroy();
        assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(data.resolve("sandbox.json")).doesNotExist();
    }

    @Test
    void stopsWhenAskedEvenWhileCallsHang() throws Exception {
        Path data = root.resolve("data");
        Process process = start("--data", data.toString());
        String baseUrl = listening(process);
        JsonNode account = control(data, "POST", "/control/digiflazz/accounts", "{\"balance\":100000}");
        control(data, "PUT", "/control/digiflazz/switches", "{\"mode\":\"HANG\"}");
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                buy(baseUrl, account, "R1");
            } catch (Exception _) {
                // It hangs until the process ends, which is what it is for.
            }
        });
        eventually(() -> assertThat(control(data, "GET", "/control/digiflazz/summary", "")
                        .path("callsNotCarriedOut")
                        .asInt())
                .isEqualTo(1));

        process.destroy();

        assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        caller.join();
    }

    @Test
    void leavesADirectoryToWhoeverHoldsIt() throws Exception {
        Path data = root.resolve("data");
        listening(start("--data", data.toString()));

        Process second = start("--data", data.toString());

        assertThat(second.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(1);
        assertThat(output(second)).contains("already holds " + data).doesNotContain("Exception");
        assertThatThrownBy(() -> Sandbox.start(SandboxOptions.in(data)).close()).isInstanceOf(SandboxException.class);
    }

    @Test
    void doesNotStartTwiceInOneProcessEither() {
        Path data = root.resolve("data");
        try (RunningSandbox _ = Sandbox.start(SandboxOptions.in(data))) {
            assertThatThrownBy(() -> Sandbox.start(SandboxOptions.in(data)).close())
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("already holds");
        }
        Sandbox.start(SandboxOptions.in(data)).close();
    }

    @Test
    void saysThatThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Path data = root.resolve("data");
            SandboxOptions options = SandboxOptions.in(data).port(taken.getLocalPort());

            assertThatThrownBy(() -> Sandbox.start(options).close())
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("Cannot listen on 127.0.0.1:" + taken.getLocalPort());
            Sandbox.start(SandboxOptions.in(data)).close();
        }
    }

    @Test
    void exitsWith2OnWrongUsageAndWith0OnHelp() throws Exception {
        Process noDirectory = start();
        Process wrongPort = start("--data", root.toString(), "--port", "70000");
        Process help = start("--help");

        assertThat(noDirectory.waitFor()).isEqualTo(2);
        assertThat(output(noDirectory)).contains("--data");
        assertThat(wrongPort.waitFor()).isEqualTo(2);
        assertThat(help.waitFor()).isZero();
        assertThat(output(help)).contains("--min-repoll-s").contains("--price-list-interval-s");
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Sandbox.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        processes.add(process);
        return process;
    }

    /** Waits for the line that says so, and returns the address in it. */
    private static String listening(Process process) throws IOException {
        String line = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
        assertThat(line).startsWith("sandbox listening on http://127.0.0.1:");
        return line.substring("sandbox listening on ".length());
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    private static JsonNode note(Path data) throws IOException {
        return Json.mapper().readTree(Files.readAllBytes(data.resolve("sandbox.json")));
    }

    private static JsonNode control(Path data, String method, String path, String body) throws IOException {
        JsonNode note = note(data);
        Map<String, String> token = Map.of("X-Sandbox-Token", note.path("token").asString());
        return Http.call(method, note.path("baseUrl").asString() + path, token, body)
                .json();
    }

    private static String buy(String baseUrl, JsonNode account, String refId) throws Exception {
        String username = account.path("username").asString();
        byte[] digest = MessageDigest.getInstance("MD5")
                .digest((username + account.path("apiKey").asString() + refId).getBytes(UTF_8));
        String sign = "%032x".formatted(new BigInteger(1, digest));
        String body = """
                {"username":"%s","buyer_sku_code":"xld10","customer_no":"087712345678","ref_id":"%s","sign":"%s"}""".formatted(username, refId, sign);
        Map<String, String> json = Map.of("Content-Type", "application/json");
        return Http.call("POST", baseUrl + "/digiflazz/v1/transaction", json, body)
                .text();
    }
}
