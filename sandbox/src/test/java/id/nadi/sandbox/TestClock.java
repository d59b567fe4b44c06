package id.nadi.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Runs like a real clock, from noon in Jakarta, and can be set forward. */
public final class TestClock implements InstantSource {
    private final long startedNanos = System.nanoTime();
    private final AtomicReference<Instant> start = new AtomicReference<>(Instant.parse("2026-03-10T05:00:00Z"));

    @Override
    public Instant instant() {
        return start.get().plusNanos(System.nanoTime() - startedNanos);
    }

    public void advance(Duration by) {
        start.updateAndGet(before -> before.plus(by));
    }
}
