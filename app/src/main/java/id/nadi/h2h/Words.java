package id.nadi.h2h;

import id.nadi.kernel.Phrase;
import id.nadi.ledger.PostingKind;
import id.nadi.orders.OrderStatus.Outside;
import java.util.Locale;

/** What partners read, apart from errors. */
final class Words {
    static final Phrase TAKEN = new Phrase("Transaksi diterima.", "Transaction created successfully");
    static final Phrase FOUND = new Phrase("Data ditemukan.", "Found");
    static final Phrase RETURNED = new Phrase("Saldo sudah dikembalikan.", "The balance was returned.");

    private static final Phrase PENDING =
            new Phrase("Transaksi diterima dan menunggu diproses.", "The order was taken and waits to be processed.");
    private static final Phrase PROCESSING = new Phrase("Transaksi sedang diproses.", "The order is being processed.");
    private static final Phrase SUCCESS = new Phrase("Transaksi berhasil.", "The order was delivered.");
    private static final Phrase FAILED =
            new Phrase("Transaksi gagal; saldo sudah dikembalikan.", "The order failed; the balance was returned.");
    private static final Phrase REFUND = new Phrase(
            "Transaksi dikoreksi; saldo sudah dikembalikan.", "The order was corrected; the balance was returned.");

    private Words() {}

    static String of(Outside status, Locale locale) {
        Phrase phrase = switch (status) {
            case PENDING -> PENDING;
            case PROCESSING -> PROCESSING;
            case SUCCESS -> SUCCESS;
            case FAILED -> FAILED;
            case REFUND -> REFUND;
        };
        return phrase.in(locale);
    }

    static String of(PostingKind kind, Locale locale) {
        Phrase phrase = switch (kind) {
            case ORDER_PLACED -> new Phrase("Pembelian", "Purchase");
            case ORDER_REFUNDED -> new Phrase("Pengembalian pembelian gagal", "Return of a failed purchase");
            case COMMISSION_PAID -> new Phrase("Komisi", "Commission");
            case DEPOSIT -> new Phrase("Deposit", "Deposit");
            case TRANSFER -> new Phrase("Transfer saldo", "Transfer of balance");
            case HOLD_CAPTURED -> new Phrase("Pemakaian saldo yang ditahan", "Use of held balance");
            case ADJUSTMENT -> new Phrase("Penyesuaian", "Adjustment");
            case REVERSAL -> new Phrase("Pembatalan", "Reversal");
            case CORRECTION -> new Phrase("Koreksi", "Correction");
            // These never touch a wallet; a statement that showed one would still be readable.
            case ORDER_REVENUE, ORDER_COST, COMMISSION_ACCRUED, SUPPLIER_FUNDED ->
                new Phrase("Pembukuan", "Bookkeeping");
        };
        return phrase.in(locale);
    }
}
