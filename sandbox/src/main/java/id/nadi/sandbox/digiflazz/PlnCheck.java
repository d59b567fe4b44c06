package id.nadi.sandbox.digiflazz;

import id.nadi.sandbox.switches.SwitchBoard;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** {@code /inquiry-pln}: whose meter a number is. */
final class PlnCheck implements Operation {
    /** Meters have 11 digits and customers 12; the published example asks with 10. */
    private static final int DIGITS_MIN = 10;

    private static final int DIGITS_MAX = 12;

    private final Book book;
    private final Scripts scripts;
    private final SwitchBoard<Switches> switches;

    @JsonNaming(SnakeCaseStrategy.class)
    private record Meter(
            String message,
            Status status,
            String rc,
            String customerNo,
            @Nullable String meterNo,
            @Nullable String subscriberId,
            @Nullable String name,
            @Nullable String segmentPower) {}

    PlnCheck(Book book, Scripts scripts, SwitchBoard<Switches> switches) {
        this.book = book;
        this.scripts = scripts;
        this.switches = switches;
    }

    @Override
    public String signedPart(Payload payload) {
        return payload.text("customer_no");
    }

    @Override
    public Reply answer(Account account, Payload payload) {
        String customerNo = payload.text("customer_no");
        ResponseCode refusal = refusal(account, customerNo);
        return refusal == null ? Reply.ok(meter(customerNo)) : Reply.refused(refusal, meterless(customerNo, refusal));
    }

    private @Nullable ResponseCode refusal(Account account, String customerNo) {
        ResponseCode misshapen = Destinations.digits(customerNo, DIGITS_MIN, DIGITS_MAX);
        if (misshapen != null) {
            return misshapen;
        }
        synchronized (book) {
            Script script = scripts.take(customerNo, Script.Stage.INQUIRY);
            return script == null ? null : Fate.ofInquiry(script, switches.effective(account.username()));
        }
    }

    private static Meter meter(String customerNo) {
        People.Connection connection = People.connection(customerNo);
        long subscriber = Long.remainderUnsigned(Fingerprint.of("subscriber", customerNo), 10_000_000_000L);
        return new Meter(
                ResponseCode.OK.message(),
                ResponseCode.OK.status(),
                ResponseCode.OK.code(),
                customerNo,
                customerNo,
                "52%010d".formatted(subscriber),
                People.name(customerNo),
                "%s /%09d".formatted(connection.tariff(), connection.power()));
    }

    private static Meter meterless(String customerNo, ResponseCode rc) {
        return new Meter(rc.message(), rc.status(), rc.code(), customerNo, null, null, null, null);
    }
}
