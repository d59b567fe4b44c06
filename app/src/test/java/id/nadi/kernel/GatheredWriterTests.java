package id.nadi.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatheredWriterTests {
    private static final TenantId TENANT = TenantId.next();
    private static final TenantId OTHER = TenantId.next();

    private record Command(TenantId tenant, String lane, int number, String key) {}

    private static final class ByLane implements GatheredWriter.Traits<Command> {
        @Override
        public TenantId tenant(Command command) {
            return command.tenant;
        }

        @Override
        public Object lane(Command command) {
            return command.lane;
        }

        @Override
        public List<Object> exclusive(Command command) {
            return command.key.isEmpty() ? List.of() : List.of(command.key);
        }
    }

    /** What was posted, batch by batch; a gate holds the first batch so that others gather behind it. */
    private final Queue<List<Command>> batches = new ConcurrentLinkedQueue<>();

    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch entered = new CountDownLatch(1);
    private final List<GatheredWriter<Command, Integer>> open = new ArrayList<>();

    @AfterEach
    void close() {
        gate.countDown();
        open.forEach(GatheredWriter::close);
    }

    @Test
    void keepsTheOrderWithinALane() throws Exception {
        GatheredWriter<Command, Integer> writer = writer(4, 10_000, 64, this::postedAtOnce);
        List<CompletableFuture<Integer>> results = new ArrayList<>();
        for (int number = 0; number < 2_000; number++) {
            results.add(taken(writer, new Command(TENANT, "lane-" + number % 10, number, "")));
        }
        for (int number = 0; number < results.size(); number++) {
            assertThat(valueOf(results.get(number))).isEqualTo(number);
        }
        Map<String, Integer> last = new ConcurrentHashMap<>();
        for (List<Command> batch : batches) {
            assertThat(batch).hasSizeLessThanOrEqualTo(64);
            for (Command command : batch) {
                Integer before = last.put(command.lane, command.number);
                assertThat(before == null || before < command.number).isTrue();
            }
        }
        assertThat(writer.posted()).isEqualTo(2_000);
        assertThat(writer.batches()).isEqualTo(batches.size());
    }

    @Test
    void gathersWhatArrivesWhileABatchCommitsAndKeepsTenantsApart() throws Exception {
        GatheredWriter<Command, Integer> writer = writer(1, 100, 100, this::postedBehindTheGate);
        taken(writer, command(0));
        entered.await();
        List<CompletableFuture<Integer>> waiting = new ArrayList<>();
        for (int number = 1; number <= 20; number++) {
            waiting.add(taken(writer, new Command(number % 2 == 0 ? TENANT : OTHER, "lane", number, "")));
        }
        gate.countDown();
        for (CompletableFuture<Integer> one : waiting) {
            valueOf(one);
        }
        assertThat(batches).hasSize(3);
        assertThat(batches)
                .allSatisfy(
                        batch -> assertThat(batch.stream().map(Command::tenant).distinct())
                                .hasSize(1));
    }

    @Test
    void oneBadCommandFailsAlone() throws Exception {
        GatheredWriter<Command, Integer> writer = writer(1, 100, 100, (tenant, commands) -> {
            behindTheGate();
            if (commands.stream().anyMatch(command -> command.number == 3)) {
                throw new SQLException("a value that the table refuses", "23514");
            }
            return numbers(commands);
        });
        taken(writer, command(0));
        entered.await();
        List<CompletableFuture<Integer>> results = new ArrayList<>();
        for (int number = 1; number <= 5; number++) {
            results.add(taken(writer, command(number)));
        }
        gate.countDown();
        for (int number = 1; number <= 5; number++) {
            CompletableFuture<Integer> result = results.get(number - 1);
            if (number == 3) {
                assertThatThrownBy(() -> valueOf(result)).hasCauseInstanceOf(IllegalStateException.class);
            } else {
                assertThat(valueOf(result)).isEqualTo(number);
            }
        }
    }

    @Test
    void looksAgainAfterAKeyWasTakenMeanwhile() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        GatheredWriter<Command, Integer> writer = writer(1, 100, 100, (tenant, commands) -> {
            if (tries.incrementAndGet() == 1) {
                throw new SQLException("duplicate key", "23505");
            }
            return numbers(commands);
        });
        assertThat(valueOf(taken(writer, command(7)))).isEqualTo(7);
        assertThat(tries).hasValue(2);
    }

    @Test
    void postsOneByOneWhenKeysCollideAgain() throws Exception {
        List<Integer> sizes = new ArrayList<>();
        GatheredWriter<Command, Integer> writer = writer(1, 100, 100, (tenant, commands) -> {
            behindTheGate();
            sizes.add(commands.size());
            if (commands.size() > 1) {
                throw new SQLException("duplicate key", "23505");
            }
            return numbers(commands);
        });
        taken(writer, command(0));
        entered.await();
        CompletableFuture<Integer> first = taken(writer, command(1));
        CompletableFuture<Integer> second = taken(writer, command(2));
        gate.countDown();
        assertThat(valueOf(first)).isEqualTo(1);
        assertThat(valueOf(second)).isEqualTo(2);
        assertThat(sizes).containsExactly(1, 2, 2, 1, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "55P03", "53300"})
    void repeatsWhatWillPass(String state) throws Exception {
        AtomicInteger tries = new AtomicInteger();
        GatheredWriter<Command, Integer> writer = writer(1, 100, 100, (tenant, commands) -> {
            if (tries.incrementAndGet() < 4) {
                throw new SQLException("it will pass", state);
            }
            return numbers(commands);
        });
        assertThat(valueOf(taken(writer, command(1)))).isEqualTo(1);
        assertThat(tries).hasValue(4);
    }

    /** The server had committed when the connection broke: the poster recognises its own and writes nothing twice. */
    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P01", ""})
    void postsABatchInDoubtAgainAndWritesItOnce(String state) throws Exception {
        Map<Integer, Integer> written = new ConcurrentHashMap<>();
        AtomicInteger tries = new AtomicInteger();
        GatheredWriter<Command, Integer> writer = writer(1, 100, 100, (tenant, commands) -> {
            commands.forEach(command -> written.putIfAbsent(command.number, tries.get()));
            if (tries.getAndIncrement() == 0) {
                throw new SQLException("connection lost after the commit", state.isEmpty() ? null : state);
            }
            return commands.stream()
                    .map(command -> written.getOrDefault(command.number, -1))
                    .toList();
        });
        assertThat(valueOf(taken(writer, command(1))))
                .as("written by the first try")
                .isZero();
        assertThat(tries).hasValue(2);
    }

    @Test
    void saysSoWhenADoubtLastsTooLong() {
        GatheredWriter<Command, Integer> writer = new GatheredWriter<>(
                "test",
                new GatheredWriter.Limits(1, 10, 10, Duration.ofMillis(50)),
                new ByLane(),
                (tenant, commands) -> {
                    throw new SQLException("gone", "08006");
                });
        open.add(writer);
        CompletableFuture<Integer> result = taken(writer, command(1));
        assertThatThrownBy(() -> valueOf(result)).hasCauseInstanceOf(GatheredWriter.InDoubtException.class);
    }

    @Test
    void takesNothingMoreWhenTheQueueIsFull() throws Exception {
        GatheredWriter<Command, Integer> writer = writer(1, 3, 100, this::postedBehindTheGate);
        taken(writer, command(0));
        entered.await();
        List<CompletableFuture<Integer>> waiting = new ArrayList<>();
        for (int number = 1; number <= 3; number++) {
            waiting.add(taken(writer, command(number)));
        }
        assertThat(writer.submit(command(4))).isEmpty();
        assertThat(writer.queued()).isEqualTo(3);
        gate.countDown();
        for (CompletableFuture<Integer> one : waiting) {
            valueOf(one);
        }
        assertThat(batches).flatExtracting(batch -> batch).doesNotContain(command(4));
        assertThat(valueOf(taken(writer, command(5)))).isEqualTo(5);
    }

    @Test
    void whatSharesSomethingExclusiveWaitsForTheNextBatch() throws Exception {
        GatheredWriter<Command, Integer> writer = writer(1, 100, 100, this::postedBehindTheGate);
        taken(writer, command(0));
        entered.await();
        List<CompletableFuture<Integer>> results = new ArrayList<>();
        for (int number = 1; number <= 4; number++) {
            results.add(taken(writer, new Command(TENANT, "lane", number, number <= 3 ? "same" : "")));
        }
        gate.countDown();
        for (CompletableFuture<Integer> result : results) {
            valueOf(result);
        }
        assertThat(batches.stream()
                        .map(batch -> batch.stream().map(Command::number).toList()))
                .containsExactly(List.of(0), List.of(1, 4), List.of(2), List.of(3));
    }

    @Test
    void aPosterThatBreaksFailsItsBatchAndTheLaneGoesOn() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        GatheredWriter<Command, Integer> writer = writer(1, 100, 100, (tenant, commands) -> {
            if (tries.getAndIncrement() == 0) {
                throw new IllegalArgumentException("a bug");
            }
            return numbers(commands);
        });
        CompletableFuture<Integer> broken = taken(writer, command(1));
        assertThatThrownBy(() -> valueOf(broken)).hasCauseInstanceOf(IllegalArgumentException.class);
        assertThat(valueOf(taken(writer, command(2)))).isEqualTo(2);
    }

    @Test
    void closingPostsWhatWaitsAndTakesNothingMore() throws Exception {
        GatheredWriter<Command, Integer> writer = writer(1, 100, 2, this::postedBehindTheGate);
        taken(writer, command(0));
        entered.await();
        List<CompletableFuture<Integer>> waiting = new ArrayList<>();
        for (int number = 1; number <= 7; number++) {
            waiting.add(taken(writer, new Command(TENANT, "lane", number, number % 2 == 0 ? "even" : "")));
        }
        Thread closing = Thread.ofVirtual().start(writer::close);
        await().until(() -> writer.submit(command(99)).isEmpty());
        gate.countDown();
        closing.join();
        for (int number = 1; number <= 7; number++) {
            assertThat(waiting.get(number - 1)).isCompletedWithValue(number);
        }
        assertThatThrownBy(() -> writer.submitWaiting(command(100))).isInstanceOf(IllegalStateException.class);
    }

    private GatheredWriter<Command, Integer> writer(
            int lanes, int queueMax, int batchMax, GatheredWriter.Poster<Command, Integer> poster) {
        GatheredWriter<Command, Integer> writer = new GatheredWriter<>(
                "test",
                new GatheredWriter.Limits(lanes, queueMax, batchMax, Duration.ofSeconds(30)),
                new ByLane(),
                poster);
        open.add(writer);
        return writer;
    }

    private List<Integer> postedAtOnce(TenantId tenant, List<Command> commands) {
        batches.add(commands);
        return numbers(commands);
    }

    private List<Integer> postedBehindTheGate(TenantId tenant, List<Command> commands) {
        behindTheGate();
        return postedAtOnce(tenant, commands);
    }

    private void behindTheGate() {
        entered.countDown();
        boolean opened = false;
        while (!opened) {
            try {
                opened = gate.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException closing) {
                // A statement that is under way is not broken off by the writer's closing either.
            }
        }
    }

    private static List<Integer> numbers(List<Command> commands) {
        return commands.stream().map(Command::number).toList();
    }

    private static Command command(int number) {
        return new Command(TENANT, "lane", number, "");
    }

    private static CompletableFuture<Integer> taken(GatheredWriter<Command, Integer> writer, Command command) {
        return writer.submit(command).orElseThrow();
    }

    private static Integer valueOf(CompletableFuture<Integer> result) throws Exception {
        try {
            return result.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed;
        }
    }
}
