package id.nadi.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdsTests {

    @Test
    void areVersionSevenAndNeverTheSame() {
        Set<UUID> seen = new HashSet<>();
        for (int round = 0; round < 100_000; round++) {
            UUID id = Ids.next();
            assertThat(id.version()).isEqualTo(7);
            assertThat(seen.add(id)).isTrue();
        }
    }

    @Test
    void lieInTheOrderOfTheirMilliseconds() {
        UUID earlier = Ids.next();
        for (int round = 0; round < 10_000; round++) {
            UUID later = Ids.next();
            assertThat(Ids.timeOf(later)).isAfterOrEqualTo(Ids.timeOf(earlier));
            if (Ids.timeOf(later).isAfter(Ids.timeOf(earlier))) {
                assertThat(later.toString()).isGreaterThan(earlier.toString());
            }
            earlier = later;
        }
    }

    @Test
    void knowTheirTimeAndStandAboveItsLowerBound() {
        Instant before = Instant.ofEpochMilli(System.currentTimeMillis());
        UUID id = Ids.next();
        assertThat(Ids.timeOf(id)).isBetween(before, Instant.now());
        assertThat(Ids.lowerBound(Ids.timeOf(id)).toString())
                .as("by the database's order, which is that of the text")
                .isLessThanOrEqualTo(id.toString());
        assertThat(Ids.lowerBound(Ids.timeOf(id).plusMillis(1)).toString()).isGreaterThan(id.toString());
        assertThat(Ids.timeOf(Ids.lowerBound(before))).isEqualTo(before);
    }
}
