package id.nadi.sandbox.digiflazz;

import java.util.Set;

/** {@code /cek-saldo}. */
final class BalanceCheck implements Operation {
    private static final Set<String> COMMANDS = Set.of("deposit");

    private final Book book;

    private record Balance(long deposit) {}

    BalanceCheck(Book book) {
        this.book = book;
    }

    @Override
    public String signedPart(Payload payload) {
        return "depo";
    }

    @Override
    public Reply answer(Account account, Payload payload) {
        payload.word("cmd", COMMANDS);
        if (payload.isBroken()) {
            return Reply.refused(ResponseCode.PAYLOAD_ERROR);
        }
        synchronized (book) {
            return Reply.ok(new Balance(account.balance()));
        }
    }
}
