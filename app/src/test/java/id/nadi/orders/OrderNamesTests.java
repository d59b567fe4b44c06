package id.nadi.orders;

import static org.assertj.core.api.Assertions.assertThat;

import id.nadi.kernel.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The code that people use and the reference that suppliers use are both made from the order's id and lead back to it. */
class OrderNamesTests {

    @Test
    void aCodeNamesTheDayInWibAndLeadsBackToItsOrder() {
        Random random = new Random(20_261_121);
        List<Instant> edges = List.of(
                Instant.parse("2026-11-20T16:59:59.999Z"),
                Instant.parse("2026-11-20T17:00:00.000Z"),
                Instant.parse("2026-12-31T16:59:59.999Z"),
                Instant.parse("2026-12-31T17:00:00Z"),
                Instant.parse("2028-02-28T17:00:00Z"));
        for (int round = 0; round < 20_000; round++) {
            Instant at = round < 5_000
                    ? edges.get(round % edges.size()).plusMillis(random.nextInt(5) - 2)
                    : Instant.ofEpochMilli(1_700_000_000_000L + (long) (random.nextDouble() * 3e12));
            UUID bound = Ids.lowerBound(at);
            UUID id = new UUID(
                    bound.getMostSignificantBits() | random.nextInt(4096),
                    bound.getLeastSignificantBits() | random.nextLong() >>> 2);
            String code = OrderCode.of(new OrderId(id));
            assertThat(code).matches("TRX-[0-9]{8}-[0-9A-HJKMNP-TV-Z]{12}").hasSizeLessThanOrEqualTo(50);
            for (String typed : List.of(code, " " + code.toLowerCase(Locale.ROOT) + " ")) {
                OrderCode.Span span = OrderCode.span(typed).orElseThrow();
                assertThat(span.holds(id)).isTrue();
                assertThat(span.lowest().toString()).isLessThanOrEqualTo(id.toString());
                assertThat(span.highest().toString()).isGreaterThan(id.toString());
            }
        }
    }

    @Test
    void theDayIsThatOfWesternIndonesia() {
        assertThat(OrderCode.of(new OrderId(Ids.lowerBound(Instant.parse("2026-11-20T16:59:59.999Z")))))
                .startsWith("TRX-20261120-");
        assertThat(OrderCode.of(new OrderId(Ids.lowerBound(Instant.parse("2026-11-20T17:00:00Z")))))
                .startsWith("TRX-20261121-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "TRX",
                "TRX-20261121-",
                "TRX-20261301-000000000000",
                "TRX-20260230-000000000000",
                "TRX-20261121-ZZZZZZZZZZZZ",
                "TRX-20261121-ILOU00000000",
                "TRX-20261121-0000000000000",
                "💥"
            })
    void whatIsNoCodeLeadsNowhere(String typed) {
        assertThat(OrderCode.span(typed)).isEmpty();
    }

    @Test
    void aReferenceLeadsBackToOrderAndAttempt() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            UUID id = round % 2 == 0 ? Ids.next() : new UUID(random.nextLong(), random.nextLong());
            AttemptReference reference = new AttemptReference(new OrderId(id), 1 + random.nextInt(999));
            assertThat(reference.text()).hasSizeLessThanOrEqualTo(30);
            assertThat(AttemptReference.parse(reference.text())).contains(reference);
        }
        for (UUID id : List.of(new UUID(0, 0), new UUID(-1, -1), new UUID(0, -1), new UUID(-1, 0))) {
            AttemptReference reference = new AttemptReference(new OrderId(id), 1);
            assertThat(AttemptReference.parse(reference.text())).contains(reference);
        }
    }

    @Test
    void aReferenceHasOneFormOnly() {
        String text = new AttemptReference(OrderId.next(), 1).text();
        for (String other : List.of(
                text + "0000",
                text.replace("-1", "-01"),
                text.replace("-1", "-0"),
                text.toLowerCase(Locale.ROOT),
                "N" + "Z".repeat(25) + "-1",
                "",
                "N-1",
                text + " ")) {
            assertThat(AttemptReference.parse(other)).as(other).isEmpty();
        }
    }
}
