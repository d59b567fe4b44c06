package id.nadi.sandbox.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import id.nadi.sandbox.common.CallRecorder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends callbacks, at most so many at a time to one receiver, so that one that hangs delays nobody else. */
public final class CallbackSender implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CallbackSender.class);
    private static final int AT_ONCE_PER_RECEIVER_MAX = 16;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration STOP_WAIT = Duration.ofSeconds(2);
    private static final int ANSWER_BYTES_MAX = 64 * 1024;
    private static final BodyHandler<byte[]> ANSWER =
            BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Lane> lanes = new HashMap<>();
    private final InstantSource clock;
    private final CallRecorder recorder;
    private @Nullable HttpClient client;

    /**
     * One message to one receiver.
     *
     * @param note shown beside it in the record of callbacks
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Message(URI url, Map<String, String> headers, byte[] body, String note) {}

    /** What the receiver made of it; without a status nothing readable came back, and the answer says why. */
    public record Receipt(@Nullable Integer status, String answer, long ms) {
        public boolean accepted() {
            return status != null && status >= 200 && status < 300;
        }
    }

    public CallbackSender(InstantSource clock, CallRecorder recorder) {
        this.clock = clock;
        this.recorder = recorder;
    }

    /** Sends in turn; the message is built only when its turn comes, and the receipt handed over on another thread. */
    public void send(URI receiver, Supplier<Message> message, Consumer<Receipt> whenDone) {
        String origin = receiver.getScheme() + "://" + receiver.getAuthority();
        synchronized (lanes) {
            Lane lane = lanes.computeIfAbsent(origin, _ -> new Lane());
            lane.waiting.add(() -> sendAndTell(message.get(), whenDone));
            if (lane.workers < AT_ONCE_PER_RECEIVER_MAX) {
                start(origin, lane);
            }
        }
    }

    private void start(String origin, Lane lane) {
        try {
            threads.execute(() -> work(origin, lane));
            lane.workers++;
        } catch (RejectedExecutionException _) {
            lane.waiting.clear(); // closing: whoever planned a callback knows that it was not sent
        }
    }

    private void work(String origin, Lane lane) {
        for (Runnable turn = next(origin, lane); turn != null; turn = next(origin, lane)) {
            try {
                turn.run();
            } catch (RuntimeException e) {
                log.error("a callback could not be handled", e);
            }
        }
    }

    private @Nullable Runnable next(String origin, Lane lane) {
        synchronized (lanes) {
            Runnable turn = threads.isShutdown() ? null : lane.waiting.poll();
            if (turn == null && --lane.workers == 0) {
                lanes.remove(origin);
            }
            return turn;
        }
    }

    /** A callback that was cut short by the end of the process was not heard of, and goes out after the next start. */
    private void sendAndTell(Message message, Consumer<Receipt> whenDone) {
        Receipt receipt = send(message);
        if (!threads.isShutdown()) {
            whenDone.accept(receipt);
        }
    }

    /** Sends at once and waits for the receipt. */
    public Receipt send(Message message) {
        Receipt receipt = receipt(message);
        recorder.record(
                clock.millis() - receipt.ms(),
                "POST",
                message.url().toString(),
                message.body(),
                receipt.answer().getBytes(UTF_8),
                receipt.status() == null ? 0 : receipt.status(),
                receipt.ms() * 1_000_000,
                message.note());
        return receipt;
    }

    /** The whole of the answer has to be there in time, not only its head. */
    private Receipt receipt(Message message) {
        long started = System.nanoTime();
        try {
            HttpResponse<byte[]> response =
                    client().sendAsync(request(message), ANSWER).get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return new Receipt(response.statusCode(), new String(response.body(), UTF_8), elapsedMs(started));
        } catch (ExecutionException e) {
            return new Receipt(null, String.valueOf(e.getCause()), elapsedMs(started));
        } catch (TimeoutException _) {
            return new Receipt(null, "no answer within " + TIMEOUT.toSeconds() + " s", elapsedMs(started));
        } catch (IllegalArgumentException e) {
            return new Receipt(null, String.valueOf(e.getMessage()), elapsedMs(started));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Receipt(null, "stopped", elapsedMs(started));
        }
    }

    /**
     * Made when the first callback is due, since it costs a tenth of a second to start. Retries hidden in it do no
     * harm: a callback may come twice anyway.
     */
    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(TIMEOUT)
                    .executor(threads)
                    .build();
        }
        return client;
    }

    private static HttpRequest request(Message message) {
        HttpRequest.Builder request = HttpRequest.newBuilder(message.url())
                .timeout(TIMEOUT)
                .POST(HttpRequest.BodyPublishers.ofByteArray(message.body()));
        message.headers().forEach(request::setHeader);
        return request.build();
    }

    private static long elapsedMs(long startedNanos) {
        return (System.nanoTime() - startedNanos) / 1_000_000;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        synchronized (this) {
            if (client != null) {
                client.shutdownNow();
            }
        }
        try {
            threads.awaitTermination(STOP_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** What waits for one receiver, and how many are being sent to it now. */
    private static final class Lane {
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private int workers;
    }
}
