package id.nadi.sandbox.digiflazz;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** {@code /deposit}: a ticket whose amount no other open ticket of the day has. */
final class DepositTicket implements Operation {
    private static final int UNIQUE_CODE_MAX = 999;
    private static final Map<String, Bank> BANKS = Map.of(
            "bca", new Bank("BCA", "Bank Transfer", "0123 4567 89"),
            "mandiri", new Bank("MANDIRI", "Bank Transfer", "123 00 4567890 1"),
            "bri", new Bank("BRI", "Bank Transfer", "0123 01 004567 30 8"),
            "bni", new Bank("BNI", "Bank Transfer", "01 2345 6789"),
            "flip", new Bank("Flip", "Virtual Account", "8808 0812 0000 0000"),
            "shopeepay", new Bank("ShopeePay", "Virtual Account", "8810 0812 0000 0000"));

    private final Book book;

    private record Bank(String name, String paymentMethod, String accountNo) {}

    @JsonNaming(SnakeCaseStrategy.class)
    private record Ticket(String rc, String bank, String paymentMethod, String accountNo, String notes, long amount) {}

    DepositTicket(Book book) {
        this.book = book;
    }

    @Override
    public String signedPart(Payload payload) {
        return "deposit";
    }

    @Override
    public Reply answer(Account account, Payload payload) {
        long amount = payload.whole("amount");
        Bank bank = bank(payload);
        payload.text("owner_name");
        if (payload.isBroken() || bank == null) {
            return Reply.refused(ResponseCode.PAYLOAD_ERROR);
        }
        if (amount <= 0 || amount > Long.MAX_VALUE - UNIQUE_CODE_MAX) {
            return Reply.refused(ResponseCode.TICKET_FAILED);
        }
        synchronized (book) {
            return draw(account, amount, bank);
        }
    }

    /** The published table says {@code bank}, the published example and clients in the field say {@code Bank}. */
    private static @Nullable Bank bank(Payload payload) {
        String lower = payload.optionalText("bank");
        String upper = payload.optionalText("Bank");
        String name = lower == null ? upper : lower;
        return name == null ? null : BANKS.get(name.toLowerCase(Locale.ROOT));
    }

    private Reply draw(Account account, long amount, Bank bank) {
        long now = book.now();
        long first = Long.remainderUnsigned(Fingerprint.of(account.username(), String.valueOf(now)), UNIQUE_CODE_MAX);
        for (int tried = 0; tried < UNIQUE_CODE_MAX; tried++) {
            long transfer = amount + 1 + (first + tried) % UNIQUE_CODE_MAX;
            if (!account.isTicketOpen(now, transfer)) {
                book.record(new Entry.TicketDrawn(now, account.username(), transfer));
                return Reply.ok(new Ticket(
                        ResponseCode.OK.code(),
                        bank.name(),
                        bank.paymentMethod(),
                        bank.accountNo(),
                        memo(account, now, transfer),
                        transfer));
            }
        }
        return Reply.refused(ResponseCode.TICKET_FAILED);
    }

    private static String memo(Account account, long now, long transfer) {
        long hash = Fingerprint.of(account.username(), String.valueOf(now), String.valueOf(transfer));
        return "D%06X".formatted(hash >>> 40);
    }
}
