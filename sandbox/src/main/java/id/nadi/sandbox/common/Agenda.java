package id.nadi.sandbox.common;

import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to happen later. Tasks run one after the other on a single thread, so they must be short; anything that
 * waits for the network hands itself on.
 */
public final class Agenda implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Agenda.class);
    private static final ThreadFactory DAEMON =
            Thread.ofPlatform().daemon().name("agenda").factory();

    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, DAEMON);

    public Agenda(InstantSource clock) {
        this.clock = clock;
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs the task at that time (epoch milliseconds), at once if it has passed; not at all after {@link #close()}. */
    public void at(long dueMs, Runnable task) {
        if (executor.isShutdown()) {
            return;
        }
        Future<?> _ =
                executor.schedule(() -> attempt(task), Math.max(0, dueMs - clock.millis()), TimeUnit.MILLISECONDS);
    }

    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("a task of the agenda failed", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
