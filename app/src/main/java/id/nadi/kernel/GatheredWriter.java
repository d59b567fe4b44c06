package id.nadi.kernel;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit: commands that arrive while the last batch commits are posted together in the next one, per tenant, in
 * one durable transaction. There is no timer: at low load a command is posted alone and at once.
 *
 * <p>A command's failure never fails its neighbours, and a batch whose commit is in doubt is posted again: the poster
 * must recognise what it has already written.
 *
 * @param <C> a command
 * @param <R> what became of one
 */
public final class GatheredWriter<C, R> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatheredWriter.class);
    private static final int REPEATS_MAX = 8;
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(1);

    /** Writes one tenant's commands in one transaction of its own and says what became of each, in their order. */
    public interface Poster<C, R> {
        List<R> post(TenantId tenant, List<C> commands) throws SQLException;
    }

    /**
     * What the writer has to know about a command: whose it is, which lane keeps its order, and what two commands of one
     * batch must not share (the later one waits for the next batch and sees what the first did).
     */
    public interface Traits<C> {
        TenantId tenant(C command);

        Object lane(C command);

        default List<Object> exclusive(C command) {
            return List.of();
        }
    }

    /** Sizes and patience; every writer documents its own in the configuration. */
    public record Limits(int lanes, int queueMax, int batchMax, Duration doubtMax) {}

    /** A commit whose fate could not be learned in time: the command may or may not have been written. */
    public static final class InDoubtException extends RuntimeException {
        InDoubtException(Throwable cause) {
            super("the commit of a batch is in doubt", cause);
        }
    }

    private record Entry<C, R>(C command, CompletableFuture<R> result) {}

    private final String name;
    private final Traits<C> traits;
    private final Poster<C, R> poster;
    private final Limits limits;
    private final List<Lane> lanes = new ArrayList<>();
    private final LongAdder batches = new LongAdder();
    private final LongAdder posted = new LongAdder();
    private volatile boolean closed;

    public GatheredWriter(String name, Limits limits, Traits<C> traits, Poster<C, R> poster) {
        this.name = name;
        this.limits = limits;
        this.traits = traits;
        this.poster = poster;
        for (int number = 0; number < limits.lanes(); number++) {
            lanes.add(new Lane(number));
        }
    }

    /** Takes a command in, or answers empty if the queue is full: then nothing was taken. */
    public Optional<CompletableFuture<R>> submit(C command) {
        Lane lane = laneOf(command);
        Entry<C, R> entry = new Entry<>(command, new CompletableFuture<>());
        return !closed && lane.queue.offer(entry) ? Optional.of(entry.result) : Optional.empty();
    }

    /** Takes a command in, waiting for room: for work that was already accepted and must not be refused. */
    public CompletableFuture<R> submitWaiting(C command) throws InterruptedException {
        Entry<C, R> entry = new Entry<>(command, new CompletableFuture<>());
        if (closed) {
            throw new IllegalStateException(name + " is closed");
        }
        laneOf(command).queue.put(entry);
        return entry.result;
    }

    /** Commands that wait now. */
    public int queued() {
        return lanes.stream().mapToInt(lane -> lane.queue.size()).sum();
    }

    /** Batches committed since the start. */
    public long batches() {
        return batches.sum();
    }

    /** Commands committed since the start. */
    public long posted() {
        return posted.sum();
    }

    /** Posts what waits, then stops. */
    @Override
    public void close() {
        closed = true;
        for (Lane lane : lanes) {
            lane.thread.interrupt();
        }
        for (Lane lane : lanes) {
            try {
                lane.thread.join(Duration.ofSeconds(10));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Lane laneOf(C command) {
        return lanes.get(Math.floorMod(traits.lane(command).hashCode() * 0x9E3779B9 >>> 8, lanes.size()));
    }

    private final class Lane {
        private final BlockingQueue<Entry<C, R>> queue = new ArrayBlockingQueue<>(limits.queueMax());
        private final Thread thread;
        private List<Entry<C, R>> postponed = new ArrayList<>();

        Lane(int number) {
            thread = Thread.ofPlatform().daemon().name(name + "-" + number).start(this::run);
        }

        private void run() {
            while (!closed || !queue.isEmpty() || !postponed.isEmpty()) {
                List<Entry<C, R>> drained = drain();
                for (Map.Entry<TenantId, List<Entry<C, R>>> group :
                        separated(drained).entrySet()) {
                    inBatches(group.getKey(), group.getValue());
                }
            }
        }

        private List<Entry<C, R>> drain() {
            List<Entry<C, R>> drained = postponed;
            postponed = new ArrayList<>();
            if (drained.isEmpty()) {
                try {
                    drained.add(queue.take());
                } catch (InterruptedException closing) {
                    // The loop condition decides: what still waits is posted before the thread ends.
                }
            }
            // All that waits, not one batch of it: shared among many tenants a batch would leave one command for each.
            queue.drainTo(drained);
            return drained;
        }

        private Map<TenantId, List<Entry<C, R>>> separated(List<Entry<C, R>> drained) {
            Map<TenantId, List<Entry<C, R>>> groups = new LinkedHashMap<>();
            Set<Object> seen = new HashSet<>();
            for (Entry<C, R> entry : drained) {
                List<Object> exclusive = traits.exclusive(entry.command);
                if (exclusive.stream().anyMatch(seen::contains)) {
                    postponed.add(entry);
                    continue;
                }
                seen.addAll(exclusive);
                groups.computeIfAbsent(traits.tenant(entry.command), tenant -> new ArrayList<>())
                        .add(entry);
            }
            return groups;
        }
    }

    private void inBatches(TenantId tenant, List<Entry<C, R>> group) {
        for (int from = 0; from < group.size(); from += limits.batchMax()) {
            write(tenant, group.subList(from, Math.min(group.size(), from + limits.batchMax())));
        }
    }

    private void write(TenantId tenant, List<Entry<C, R>> group) {
        long doubtUntil = System.nanoTime() + limits.doubtMax().toNanos();
        List<C> commands = group.stream().map(Entry::command).toList();
        int repeats = 0;
        boolean collided = false;
        while (true) {
            try {
                List<R> results = poster.post(tenant, commands);
                batches.increment();
                posted.add(group.size());
                for (int at = 0; at < group.size(); at++) {
                    group.get(at).result.complete(results.get(at));
                }
                return;
            } catch (SQLException failed) {
                switch (Failure.of(failed)) {
                    case IN_DOUBT -> {
                        if (System.nanoTime() >= doubtUntil) {
                            LOG.error(
                                    "{}: gave up on {} commands whose commit is in doubt", name, group.size(), failed);
                            fail(group, new InDoubtException(failed));
                            return;
                        }
                        LOG.warn("{}: connection lost, posting {} commands again", name, group.size());
                        pause(repeats++);
                    }
                    case PASSING -> {
                        if (repeats++ >= REPEATS_MAX) {
                            oneByOne(tenant, group, failed);
                            return;
                        }
                        pause(0);
                    }
                    case COLLISION -> {
                        // Somebody wrote the same key between our look and our write: the next look sees it.
                        if (collided) {
                            oneByOne(tenant, group, failed);
                            return;
                        }
                        collided = true;
                    }
                    case FINAL -> {
                        oneByOne(tenant, group, failed);
                        return;
                    }
                }
            } catch (RuntimeException | Error broken) {
                LOG.error("{}: a batch of {} failed", name, group.size(), broken);
                fail(group, broken);
                return;
            }
        }
    }

    /** So that one bad command fails alone. */
    private void oneByOne(TenantId tenant, List<Entry<C, R>> group, SQLException cause) {
        if (group.size() == 1) {
            LOG.error("{}: a command was refused by the database", name, cause);
            fail(group, new IllegalStateException("refused by the database: " + cause.getSQLState(), cause));
            return;
        }
        for (Entry<C, R> entry : group) {
            write(tenant, List.of(entry));
        }
    }

    private void fail(List<Entry<C, R>> group, Throwable reason) {
        group.forEach(entry -> entry.result.completeExceptionally(reason));
    }

    private void pause(int repeats) {
        long millis = Math.min(BACKOFF_MAX.toMillis(), 10L << Math.min(repeats, 7));
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(millis / 2, millis + 1));
        } catch (InterruptedException closing) {
            // Swallowed on purpose: a set flag would make the next borrowed connection fail, and the batch with it.
        }
    }

    private enum Failure {
        /** The connection broke: the server may have committed. */
        IN_DOUBT,
        /** Deadlock, serialisation, lock not available: nothing was written, and it will pass. */
        PASSING,
        /** A unique key was taken meanwhile. */
        COLLISION,
        /** The database says no, and will say it again. */
        FINAL;

        static Failure of(SQLException failed) {
            String state = failed.getSQLState();
            if (state == null || state.startsWith("08") || state.startsWith("57P")) {
                return IN_DOUBT;
            }
            return switch (state) {
                case "40001", "40P01", "55P03", "53300" -> PASSING;
                case "23505" -> COLLISION;
                default -> FINAL;
            };
        }
    }
}
