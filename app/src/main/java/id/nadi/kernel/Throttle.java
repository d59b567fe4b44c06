package id.nadi.kernel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;

/** Counts how often somebody did something in the last minute, in this process. Bounded: the idle are forgotten. */
public final class Throttle {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Cache<Object, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(100_000)
            .expireAfterAccess(WINDOW.multipliedBy(2))
            .build();

    /**
     * What is left after this try.
     *
     * @param resetSeconds until the allowance is full again; after a refusal, until the next try may succeed
     */
    public record Allowance(boolean allowed, long limit, long remaining, long resetSeconds) {}

    /** Takes one of {@code perMinute} from the allowance of that key. */
    public Allowance take(Object key, int perMinute) {
        ConsumptionProbe probe = bucket(key, perMinute).tryConsumeAndReturnRemaining(1);
        long waitNanos = probe.isConsumed() ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill();
        return new Allowance(
                probe.isConsumed(),
                perMinute,
                probe.getRemainingTokens(),
                Math.max(1, Duration.ofNanos(waitNanos).toSeconds()));
    }

    /** How long that key has to wait because its allowance is used up; zero if it is not. Takes nothing. */
    public Duration locked(Object key, int perMinute) {
        var estimate = bucket(key, perMinute).estimateAbilityToConsume(1);
        return estimate.canBeConsumed() ? Duration.ZERO : Duration.ofNanos(estimate.getNanosToWaitForRefill());
    }

    private Bucket bucket(Object key, int perMinute) {
        return buckets.get(
                key,
                fresh -> Bucket.builder()
                        .addLimit(Bandwidth.builder()
                                .capacity(perMinute)
                                .refillGreedy(perMinute, WINDOW)
                                .build())
                        .build());
    }
}
