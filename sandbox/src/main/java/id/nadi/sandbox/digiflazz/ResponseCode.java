package id.nadi.sandbox.digiflazz;

import static id.nadi.sandbox.digiflazz.Status.FAILED;
import static id.nadi.sandbox.digiflazz.Status.PENDING;
import static id.nadi.sandbox.digiflazz.Status.SUCCESS;
import static java.util.stream.Collectors.toUnmodifiableMap;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The published response codes: what each says, and whether a transaction exists once it was answered. */
public enum ResponseCode {
    OK("00", "Transaksi Sukses", SUCCESS, true),
    TIMEOUT("01", "Timeout", FAILED, true),
    TRANSACTION_FAILED("02", "Transaksi Gagal", FAILED, true),
    TRANSACTION_PENDING("03", "Transaksi Pending", PENDING, true),
    PAYLOAD_ERROR("40", "Payload Error", FAILED, false),
    SIGNATURE_INVALID("41", "Signature tidak valid", FAILED, false),
    USERNAME_UNKNOWN("42", "Gagal memproses API Buyer", FAILED, false),
    SKU_UNKNOWN("43", "SKU tidak di temukan atau Non-Aktif", FAILED, false),
    BALANCE_TOO_LOW("44", "Saldo tidak cukup", FAILED, false),
    ADDRESS_UNKNOWN("45", "IP Anda tidak kami kenali", FAILED, false),
    BOUGHT_BY_ANOTHER("47", "Transaksi sudah terjadi di buyer lain", FAILED, false),
    REFERENCE_NOT_UNIQUE("49", "Ref ID tidak unik", FAILED, false),
    NOT_FOUND("50", "Transaksi Tidak Ditemukan", FAILED, true),
    NUMBER_BLOCKED("51", "Nomor Tujuan Diblokir", FAILED, true),
    PREFIX_MISMATCH("52", "Prefix Tidak Sesuai Dengan Operator", FAILED, true),
    SELLER_PRODUCT_UNAVAILABLE("53", "Produk Seller Sedang Tidak Tersedia", FAILED, true),
    NUMBER_WRONG("54", "Nomor Tujuan Salah", FAILED, true),
    PRODUCT_DISTURBED("55", "Produk Sedang Gangguan", FAILED, true),
    SELLER_BALANCE_LIMIT("56", "Limit saldo seller", FAILED, false),
    DIGITS_WRONG("57", "Jumlah Digit Kurang Atau Lebih", FAILED, true),
    CUT_OFF("58", "Sedang Cut Off", FAILED, true),
    OUTSIDE_CLUSTER("59", "Tujuan di Luar Wilayah/Cluster", FAILED, true),
    NO_BILL("60", "Tagihan belum tersedia", FAILED, true),
    NEVER_DEPOSITED("61", "Belum pernah melakukan deposit", FAILED, false),
    SELLER_DISTURBED("62", "Seller sedang mengalami gangguan", FAILED, false),
    MULTI_NOT_SUPPORTED("63", "Tidak support transaksi multi", FAILED, false),
    TICKET_FAILED("64", "Tarik tiket gagal, coba nominal lain", FAILED, false),
    MULTI_LIMIT("65", "Limit transaksi multi", FAILED, false),
    SELLER_MAINTENANCE("66", "Cut Off (Perbaikan Sistem Seller)", FAILED, false),
    SELLER_UNVERIFIED("67", "Seller belum ter-verifikasi", FAILED, false),
    OUT_OF_STOCK("68", "Stok habis", FAILED, false),
    PRICE_ABOVE_LIMIT("69", "Harga seller lebih besar dari ketentuan harga Buyer", FAILED, false),
    BILLER_TIMEOUT("70", "Timeout Dari Biller", FAILED, true),
    PRODUCT_UNSTABLE("71", "Produk Sedang Tidak Stabil", FAILED, true),
    UNREGISTER_FIRST("72", "Lakukan Unreg Paket Dahulu", FAILED, true),
    KWH_LIMIT("73", "Kwh Melebihi Batas", FAILED, true),
    REFUNDED("74", "Transaksi Refund", FAILED, true),
    BLOCKED_BY_SELLER("80", "Akun Anda telah diblokir oleh Seller", FAILED, false),
    SELLER_BLOCKED("81", "Seller ini telah diblokir oleh Anda", FAILED, false),
    ACCOUNT_UNVERIFIED("82", "Akun Anda belum ter-verifikasi", FAILED, false),
    PRICE_LIST_LIMIT("83", "Limitasi pengecekan pricelist", FAILED, false),
    AMOUNT_INVALID("84", "Nominal tidak valid", FAILED, true),
    TRANSACTION_LIMIT("85", "Limitasi transaksi, coba 1 menit lagi", FAILED, true),
    PLN_CHECK_LIMIT("86", "Limitasi pengecekan nomor PLN", FAILED, true),
    EMONEY_MULTIPLE("87", "Transaksi E-money wajib kelipatan Rp 1.000", FAILED, false),
    ACTION_NOT_ALLOWED("88", "Akun Anda tidak dapat melakukan aksi ini", FAILED, false),
    ROUTER_ISSUE("99", "DF Router Issue", PENDING, true);

    private static final Map<String, ResponseCode> BY_CODE =
            Arrays.stream(values()).collect(toUnmodifiableMap(ResponseCode::code, code -> code));

    private final String code;
    private final String message;
    private final Status status;
    private final boolean createsTransaction;

    ResponseCode(String code, String message, Status status, boolean createsTransaction) {
        this.code = code;
        this.message = message;
        this.status = status;
        this.createsTransaction = createsTransaction;
    }

    /** Returns the code of that number, or null if none was published. */
    public static @Nullable ResponseCode find(String code) {
        return BY_CODE.get(code);
    }

    @JsonCreator
    static ResponseCode of(String code) {
        ResponseCode found = find(code);
        if (found == null) {
            throw new IllegalArgumentException("\"" + code + "\" is not a published response code");
        }
        return found;
    }

    @JsonValue
    public String code() {
        return code;
    }

    public String message() {
        return message;
    }

    public Status status() {
        return status;
    }

    /** The column "Terbentuk Transaksi" of the published table. */
    public boolean createsTransaction() {
        return createsTransaction;
    }

    /** Our reading: the HTTP status of errors is not published, and clients in the field read the body either way. */
    int httpStatus() {
        return createsTransaction ? 200 : 400;
    }
}
