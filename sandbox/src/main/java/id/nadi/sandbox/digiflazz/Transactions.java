package id.nadi.sandbox.digiflazz;

/** {@code /transaction}, which is four calls in one: without {@code commands} a purchase, else about a bill. */
final class Transactions implements Operation {
    private final TopUps topUps;
    private final BillPayments bills;
    private final Replies replies;

    Transactions(TopUps topUps, BillPayments bills, Replies replies) {
        this.topUps = topUps;
        this.bills = bills;
        this.replies = replies;
    }

    @Override
    public String signedPart(Payload payload) {
        return payload.text("ref_id");
    }

    @Override
    public Reply answer(Account account, Payload payload) {
        TransactionOrder order = TransactionOrder.read(payload);
        String command = payload.optionalText("commands");
        if (payload.isBroken()) {
            return refused(account, order);
        }
        return switch (command) {
            case null -> topUps.answer(account, order);
            case "inq-pasca" -> bills.inquire(account, order);
            case "pay-pasca" -> bills.pay(account, order);
            case "status-pasca" -> bills.status(account, order);
            default -> refused(account, order);
        };
    }

    private Reply refused(Account account, TransactionOrder order) {
        return replies.refused(account, order, ResponseCode.PAYLOAD_ERROR, null);
    }
}
