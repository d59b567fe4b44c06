package id.nadi.sandbox.digiflazz;

import id.nadi.sandbox.digiflazz.Reference.BillReference;
import id.nadi.sandbox.digiflazz.Reference.Purchase;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Serial numbers as customers know them: a reference of digits, a token with its meter's data, a code, a receipt. */
final class SerialNumbers {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);
    private static final String CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int REFERENCE_DIGITS_MIN = 16;
    private static final int REFERENCE_DIGITS_MAX = 20;

    private SerialNumbers() {}

    /** Returns the serial number a reference gets when it succeeds at that time. */
    static String of(Reference reference, Catalogue catalogue, long atMs) {
        return switch (reference) {
            case Purchase purchase ->
                prepaid(catalogue.prepaid(purchase.sku()), purchase.customerNo(), purchase.refId(), atMs);
            case BillReference bill -> receipt(bill.refId(), bill.customerNo(), atMs);
        };
    }

    /** Returns the serial number of a prepaid delivery; the same arguments give the same one. */
    static String prepaid(@Nullable PrepaidProduct product, String customerNo, String refId, long atMs) {
        SplittableRandom random = new SplittableRandom(Fingerprint.of(refId, customerNo) ^ atMs);
        return switch (product == null ? "" : product.category()) {
            case "PLN" -> token(random, customerNo, product == null ? 0 : product.price());
            case "E-Money" -> People.name(customerNo).replace(" ", "") + "/" + stamp(atMs) + digits(random, 6);
            case "Games" -> People.name(customerNo).replace(' ', '.') + "/" + letters(random, 16);
            case "Voucher", "TV", "Streaming" -> code(random);
            default -> reference(random, atMs);
        };
    }

    static String receipt(String refId, String customerNo, long atMs) {
        SplittableRandom random = new SplittableRandom(Fingerprint.of(refId, customerNo) ^ atMs);
        return "%016X%016X".formatted(random.nextLong(), random.nextLong());
    }

    private static String reference(SplittableRandom random, long atMs) {
        String tail = stamp(atMs).substring(2);
        int length = random.nextInt(REFERENCE_DIGITS_MIN, REFERENCE_DIGITS_MAX + 1);
        return tail + digits(random, length - tail.length());
    }

    /** token/name/tariff/power/kWh, the kilowatt-hours with two decimals. */
    private static String token(SplittableRandom random, String customerNo, long price) {
        People.Connection connection = People.connection(customerNo);
        long nominal = price / 1_000 * 1_000;
        long hundredthsOfKwh = nominal * 1_000 / tenthsOfRupiahPerKwh(connection.power());
        String token = digits(random, 20).replaceAll("(\\d{4})(?=\\d)", "$1-");
        return "%s/%s/%s/%dVA/%d.%02d"
                .formatted(
                        token,
                        People.name(customerNo),
                        connection.tariff(),
                        connection.power(),
                        hundredthsOfKwh / 100,
                        hundredthsOfKwh % 100);
    }

    private static long tenthsOfRupiahPerKwh(int power) {
        return switch (power) {
            case 450 -> 4_150;
            case 900 -> 13_520;
            case 1300, 2200 -> 14_447;
            default -> 16_995;
        };
    }

    private static String code(SplittableRandom random) {
        return letters(random, 4) + "-" + letters(random, 4) + "-" + letters(random, 4) + "-" + letters(random, 4);
    }

    private static String stamp(long atMs) {
        return STAMP.format(Wib.at(atMs));
    }

    private static String digits(SplittableRandom random, int count) {
        return drawn(random, "0123456789", count);
    }

    private static String letters(SplittableRandom random, int count) {
        return drawn(random, CODE_LETTERS, count);
    }

    private static String drawn(SplittableRandom random, String from, int count) {
        StringBuilder drawn = new StringBuilder(count);
        for (int index = 0; index < count; index++) {
            drawn.append(from.charAt(random.nextInt(from.length())));
        }
        return drawn.toString();
    }
}
