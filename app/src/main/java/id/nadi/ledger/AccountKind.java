package id.nadi.ledger;

/** The chart of accounts, wallets aside. None of them carries a balance of its own: it is summed from postings. */
public enum AccountKind {
    /** Money of orders that have not ended. */
    ORDERS_IN_FLIGHT(false),
    /** What was sold. */
    REVENUE(false),
    /** What the sold things cost us. */
    COST_OF_SALES(false),
    /** Our money at one supplier; spent with every purchase, so never a stored balance. */
    SUPPLIER_DEPOSIT(true),
    /** What uplines earned from us. */
    COMMISSION_EXPENSE(false),
    /** Commission earned by one member and not yet paid into the wallet. */
    COMMISSION_PAYABLE(true),
    /** Money that a gateway holds for us. */
    GATEWAY_CLEARING(true),
    /** What gateways charge. */
    GATEWAY_FEES(false),
    /** Our own bank accounts. */
    BANK(false),
    /** What one member owes: a reversal that the wallet could not bear, or credit. */
    RECEIVABLE(true),
    /** The other side of what a person of the staff adds or takes by hand. */
    ADJUSTMENT(false),
    /** Exchange between currencies. */
    FX(false);

    private final boolean perParty;

    AccountKind(boolean perParty) {
        this.perParty = perParty;
    }

    /** Whether there is one for each supplier, gateway or member, instead of one for the house. */
    public boolean perParty() {
        return perParty;
    }
}
