package id.nadi.kernel;

import java.text.MessageFormat;
import java.util.Locale;

/**
 * Everything that can be refused, with its HTTP status and what is said about it. The names are part of the wire: they
 * are added, never renamed. Messages are {@link MessageFormat} patterns, in which an apostrophe is written twice.
 */
public enum ErrorCode {
    REQUEST_MALFORMED(
            400,
            "Alamat, header, atau susunan permintaan HTTP tidak benar.",
            "The address, a header or the framing of the HTTP request is not valid."),
    BODY_MALFORMED(400, "Isi permintaan bukan JSON yang benar.", "The request body is not valid JSON."),
    BODY_TOO_LARGE(413, "Isi permintaan melebihi {0} byte.", "The request body is larger than {0} bytes."),
    CONTENT_TYPE_UNSUPPORTED(
            415, "Kirim isi permintaan sebagai application/json.", "Send the request body as application/json."),
    NOT_ACCEPTABLE(406, "Jawaban hanya tersedia sebagai JSON.", "Answers are available as JSON only."),
    METHOD_NOT_ALLOWED(
            405, "Metode ini tidak berlaku untuk alamat tersebut.", "This method does not apply to that address."),
    NOT_FOUND(404, "Data tidak ditemukan.", "Not found."),
    FIELD_INVALID(400, "Isian {0} tidak benar: {1}.", "The field {0} is not valid: {1}."),
    PARAMETER_INVALID(400, "Parameter {0} tidak benar: {1}.", "The parameter {0} is not valid: {1}."),

    API_KEY_MISSING(401, "Header X-Api-Key belum dikirim.", "The header X-Api-Key is missing."),
    API_KEY_UNKNOWN(401, "API key tidak dikenal atau sudah dicabut.", "The API key is unknown or has been revoked."),
    TIMESTAMP_INVALID(
            401,
            "X-Timestamp harus detik Unix dan berselisih paling banyak {0} detik dari jam kami.",
            "X-Timestamp must be Unix seconds within {0} seconds of our clock."),
    SIGNATURE_INVALID(401, "Tanda tangan (X-Signature) tidak cocok.", "The signature (X-Signature) does not match."),
    SIGNATURE_LOCKED(
            429,
            "Terlalu banyak tanda tangan salah dari alamat Anda. Coba lagi dalam {0} detik.",
            "Too many wrong signatures from your address. Try again in {0} seconds."),
    ADDRESS_NOT_ALLOWED(
            403,
            "Alamat IP Anda tidak ada di daftar izin API key ini.",
            "Your address is not on this key''s allow-list."),
    SIGN_IN_REQUIRED(401, "Silakan masuk terlebih dahulu.", "Please sign in first."),
    SIGN_IN_REFUSED(401, "E-mail atau kata sandi salah.", "The e-mail address or the password is wrong."),
    SIGN_IN_LOCKED(
            429,
            "Terlalu banyak percobaan masuk. Coba lagi dalam {0} detik.",
            "Too many attempts to sign in. Try again in {0} seconds."),
    CSRF_INVALID(
            403,
            "Halaman ini sudah kedaluwarsa. Muat ulang lalu coba lagi.",
            "This page has expired. Reload it and try again."),
    FORBIDDEN(403, "Anda tidak berhak melakukan ini.", "You are not allowed to do this."),
    MEMBER_SUSPENDED(
            403,
            "Akun Anda sedang dinonaktifkan. Hubungi admin.",
            "Your account is suspended. Please contact the administrator."),
    PIN_WRONG(403, "PIN salah.", "The PIN is wrong."),
    PIN_LOCKED(
            403,
            "PIN terkunci karena terlalu sering salah. Coba lagi dalam {0} detik.",
            "The PIN is locked after too many wrong tries. Try again in {0} seconds."),
    PIN_NOT_SET(403, "PIN belum dibuat.", "No PIN has been set."),
    PIN_INVALID(400, "PIN harus 6 angka dan tidak mudah ditebak.", "A PIN is 6 digits that are not easily guessed."),
    RATE_LIMITED(
            429,
            "Terlalu banyak permintaan. Coba lagi dalam {0} detik.",
            "Too many requests. Try again in {0} seconds."),
    TENANT_UNKNOWN(404, "Toko tidak ditemukan.", "There is no such shop."),

    PRODUCT_UNKNOWN(404, "Produk {0} tidak ada.", "There is no product {0}."),
    PRODUCT_CLOSED(400, "Produk {0} sedang ditutup atau gangguan.", "The product {0} is closed at the moment."),
    PRODUCT_CUT_OFF(400, "Produk {0} sedang cut off pukul {1}–{2}.", "The product {0} is cut off from {1} to {2}."),
    DESTINATION_INVALID(400, "Nomor tujuan tidak benar: {0}.", "The destination is not valid: {0}."),
    DESTINATION_PREFIX_MISMATCH(
            400,
            "Nomor tujuan milik {0}, produk ini untuk {1}.",
            "The destination belongs to {0}, this product is for {1}."),
    DESTINATION_BLOCKED(400, "Nomor tujuan ini diblokir.", "This destination is blocked."),
    DESTINATION_DAILY_LIMIT(
            400,
            "Nomor tujuan ini sudah mencapai batas {0} transaksi hari ini.",
            "This destination has reached its limit of {0} orders for today."),
    QUANTITY_INVALID(
            400,
            "Jumlah (qty) harus bilangan bulat 1 sampai {0}.",
            "The quantity must be a whole number from 1 to {0}."),
    SEQUENCE_INVALID(
            400,
            "Nomor urut (sequence) harus bilangan bulat 1 sampai {0}.",
            "The sequence must be a whole number from 1 to {0}."),
    PRICE_ABOVE_MAX(400, "Harga {0} melebihi batas harga Anda ({1}).", "The price {0} is above your maximum ({1})."),
    PRICE_UNAVAILABLE(400, "Harga produk {0} belum ditetapkan.", "No price has been set for the product {0}."),
    DUPLICATE_ORDER(
            409,
            "Produk dan tujuan yang sama sudah dipesan hari ini. Kirim sequence berikutnya bila memang diulang.",
            "The same product and destination were ordered today. Send the next sequence if you mean to repeat it."),
    INSUFFICIENT_BALANCE(
            400,
            "Saldo Anda tidak mencukupi untuk transaksi ini.",
            "Your balance is not sufficient for this transaction."),
    RECEIVABLE_OUTSTANDING(
            400,
            "Masih ada piutang {0} yang harus dilunasi sebelum bertransaksi.",
            "An outstanding amount of {0} has to be settled before new orders."),
    REFERENCE_CONFLICT(
            409,
            "ref_id ini sudah dipakai untuk permintaan lain.",
            "This ref_id was already used for another request."),
    OUTCOME_UNKNOWN(
            504,
            "Hasil belum diketahui. Tanyakan dengan ref_id yang sama; jangan kirim ref_id baru.",
            "The outcome is not known yet. Ask with the same ref_id; do not send a new one."),
    QUEUE_FULL(
            503,
            "Antrean penuh, transaksi belum diterima. Coba lagi sebentar.",
            "The queue is full and the order was not taken. Try again shortly."),
    DELIVERY_FAILED(
            400,
            "Transaksi gagal di penyedia; saldo sudah dikembalikan.",
            "The supplier could not deliver; the balance was returned."),

    AMOUNT_INVALID(400, "Nominal tidak benar: {0}.", "The amount is not valid: {0}."),
    WALLET_MISSING(404, "Dompet belum dibuat.", "There is no wallet."),
    CALLBACK_REFUSED(400, "Callback ditolak.", "The callback was refused."),
    STATE_CHANGED(
            409,
            "Data sudah berubah sejak Anda membukanya. Muat ulang lalu coba lagi.",
            "The record has changed since you opened it. Reload it and try again."),
    INTERNAL(
            500,
            "Terjadi kesalahan di pihak kami. Bila menyangkut transaksi, tanyakan statusnya dengan ref_id.",
            "Something went wrong on our side. If this was about an order, ask for its state by ref_id.");

    private final int httpStatus;
    private final String indonesian;
    private final String english;

    ErrorCode(int httpStatus, String indonesian, String english) {
        this.httpStatus = httpStatus;
        this.indonesian = indonesian;
        this.english = english;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** The message in the caller's language: English if it is asked for, Indonesian otherwise. */
    public String message(Locale locale, Object... arguments) {
        boolean inEnglish = "en".equals(locale.getLanguage());
        MessageFormat format =
                new MessageFormat(inEnglish ? english : indonesian, inEnglish ? Locale.ENGLISH : INDONESIA);
        return format.format(arguments);
    }

    private static final Locale INDONESIA = Locale.of("id", "ID");
}
