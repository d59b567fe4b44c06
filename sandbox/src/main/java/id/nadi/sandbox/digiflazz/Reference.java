package id.nadi.sandbox.digiflazz;

import org.jspecify.annotations.Nullable;

/**
 * Everything known under one ref_id. There may be millions, so it holds what cannot be worked out and nothing else.
 * Guarded by the book.
 */
abstract sealed class Reference {
    private final Account account;
    private final int number;
    private final String refId;
    private final String sku;
    private final String customerNo;
    private final boolean testing;
    private final long createdAt;

    private long price;
    private @Nullable String callbackUrl;
    private ResponseCode rc;
    private @Nullable String sn;
    private long lastSaldo;
    private long firstAskedAt;
    private long lastAskedAt;
    private long deliveredAt;
    private int calls = 1;
    private int deliveries;
    private boolean superseded;

    private Reference(
            Account account,
            int number,
            String refId,
            String sku,
            String customerNo,
            boolean testing,
            long createdAt,
            @Nullable String callbackUrl,
            ResponseCode rc) {
        this.account = account;
        this.number = number;
        this.refId = refId;
        this.sku = sku;
        this.customerNo = customerNo;
        this.testing = testing;
        this.createdAt = createdAt;
        this.firstAskedAt = createdAt;
        this.lastAskedAt = createdAt;
        this.callbackUrl = callbackUrl;
        this.rc = rc;
        this.lastSaldo = account.balance();
    }

    /** A prepaid purchase. */
    static final class Purchase extends Reference {
        Purchase(Account account, String sku, Entry.Bought bought) {
            super(
                    account,
                    bought.number(),
                    bought.refId(),
                    sku,
                    bought.customerNo(),
                    bought.testing(),
                    bought.at(),
                    bought.callbackUrl(),
                    bought.rc());
            pricedAt(bought.price());
        }
    }

    /** A bill that was looked up, and perhaps paid. */
    static final class BillReference extends Reference {
        private final @Nullable Bill bill;
        private boolean paid;

        BillReference(Account account, String sku, Entry.Inquired inquired) {
            super(
                    account,
                    inquired.number(),
                    inquired.refId(),
                    sku,
                    inquired.customerNo(),
                    inquired.testing(),
                    inquired.at(),
                    inquired.callbackUrl(),
                    inquired.rc());
            this.bill = inquired.bill();
            if (bill != null) {
                pricedAt(bill.price());
            }
        }

        /** Null if the inquiry failed. */
        @Nullable
        Bill bill() {
            return bill;
        }

        /** Whether a payment was made, whatever came of it. */
        boolean paid() {
            return paid;
        }

        void pay() {
            paid = true;
        }
    }

    final void pricedAt(long rupiah) {
        price = rupiah;
    }

    /** Takes the place of the transaction that stood under the same ref_id before, and goes on counting from it. */
    void supersede(Reference earlier) {
        earlier.superseded = true;
        calls += earlier.calls;
        deliveries += earlier.deliveries;
        deliveredAt = earlier.deliveredAt;
        firstAskedAt = earlier.firstAskedAt;
    }

    void become(ResponseCode code, @Nullable String serialNumber) {
        rc = code;
        sn = serialNumber;
        lastSaldo = account.balance();
    }

    void delivered(long at) {
        deliveries++;
        deliveredAt = at;
    }

    /** Counts a call about this reference; one that was turned away does not start the wait for the next anew. */
    void asked(long at, boolean turnedAway) {
        calls++;
        if (!turnedAway) {
            lastAskedAt = at;
        }
    }

    void sendCallbacksTo(@Nullable String url) {
        if (url != null) {
            callbackUrl = url;
        }
    }

    boolean isAbout(String skuAsked, String customerNoAsked) {
        return sku.equals(skuAsked) && customerNo.equals(customerNoAsked);
    }

    boolean isPending() {
        return rc.status() == Status.PENDING;
    }

    Account account() {
        return account;
    }

    int number() {
        return number;
    }

    String refId() {
        return refId;
    }

    String sku() {
        return sku;
    }

    String customerNo() {
        return customerNo;
    }

    boolean testing() {
        return testing;
    }

    long createdAt() {
        return createdAt;
    }

    long price() {
        return price;
    }

    /** Where its callbacks go: to the address the request named, else to the account's. */
    @Nullable
    String callbackUrl() {
        return callbackUrl == null ? account.callbackUrl() : callbackUrl;
    }

    ResponseCode rc() {
        return rc;
    }

    @Nullable
    String sn() {
        return sn;
    }

    /** The balance right after the last change of this transaction. */
    long lastSaldo() {
        return lastSaldo;
    }

    long firstAskedAt() {
        return firstAskedAt;
    }

    long lastAskedAt() {
        return lastAskedAt;
    }

    long deliveredAt() {
        return deliveredAt;
    }

    int calls() {
        return calls;
    }

    int deliveries() {
        return deliveries;
    }

    /** Whether a newer transaction stands under its ref_id. */
    boolean superseded() {
        return superseded;
    }
}
