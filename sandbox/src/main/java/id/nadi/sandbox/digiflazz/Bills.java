package id.nadi.sandbox.digiflazz;

import id.nadi.sandbox.digiflazz.PostpaidProduct.Kind;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes up bills: the same customer number owes the same in the same month. */
final class Bills {
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MEI", "JUN", "JUL", "AGU", "SEP", "OKT", "NOV", "DES");
    private static final long PREMIUM_PER_PERSON = 35_000;

    private Bills() {}

    /**
     * What an inquiry asks about.
     *
     * @param sheets how many periods the bill shall have; 0 to let the customer number decide
     * @param year of the tax, null for the current one
     * @param amount to top up, for e-money alone
     */
    record Question(String customerNo, int sheets, @Nullable Long year, long amount) {}

    static Bill of(PostpaidProduct product, Question question, LocalDate today) {
        List<Bill.Sheet> sheets = sheets(product.kind(), question, today);
        long admin = product.admin() * sheets.size();
        long commission = product.commission() * sheets.size();
        long sellingPrice = sheets.stream().mapToLong(Bill.Sheet::total).sum() + admin;
        return new Bill(
                People.name(question.customerNo()),
                periodOnTop(product.kind(), sheets),
                sheets,
                admin,
                Math.max(1, sellingPrice - commission),
                sellingPrice);
    }

    private static List<Bill.Sheet> sheets(Kind kind, Question question, LocalDate today) {
        int count = isMonthly(kind) ? monthsOwed(question) : 1;
        List<Bill.Sheet> sheets = new ArrayList<>(count);
        for (int monthsAgo = count - 1; monthsAgo >= 0; monthsAgo--) {
            LocalDate month = today.withDayOfMonth(1).minusMonths(monthsAgo);
            sheets.add(sheet(kind, question, month, monthsAgo > 0));
        }
        return List.copyOf(sheets);
    }

    private static boolean isMonthly(Kind kind) {
        return switch (kind) {
            case PLN, PDAM, INTERNET, GAS, TELEVISION -> true;
            case HEALTH_INSURANCE,
                    EMPLOYMENT_INSURANCE,
                    MULTIFINANCE,
                    PROPERTY_TAX,
                    REGIONAL_TAX,
                    VEHICLE_TAX,
                    MOBILE,
                    PLN_NON_BILL,
                    EMONEY -> false;
        };
    }

    /** Most people are up to date; one in seven owes two months or three. */
    private static int monthsOwed(Question question) {
        if (question.sheets() > 0) {
            return question.sheets();
        }
        long draw = Long.remainderUnsigned(Fingerprint.of("months", question.customerNo()), 20);
        return draw == 0 ? 3 : draw <= 2 ? 2 : 1;
    }

    private static Bill.Sheet sheet(Kind kind, Question question, LocalDate month, boolean overdue) {
        String period = period(kind, question, month);
        SplittableRandom random = new SplittableRandom(Fingerprint.of(kind.name(), question.customerNo(), period));
        boolean fined = overdue && (kind == Kind.PLN || kind == Kind.PDAM);
        long fine = fined ? random.nextLong(3, 13) * 1_000 : 0;
        long other = kind == Kind.PDAM ? random.nextLong(0, 5) * 500 : 0;
        return new Bill.Sheet(period, amount(kind, question, random), fine, other);
    }

    private static long amount(Kind kind, Question question, SplittableRandom random) {
        return switch (kind) {
            case PLN -> random.nextLong(45_000, 900_000);
            case PDAM -> random.nextLong(35_000, 260_000);
            case INTERNET -> random.nextLong(15, 50) * 10_000;
            case HEALTH_INSURANCE -> PREMIUM_PER_PERSON * participants(question.customerNo());
            case EMPLOYMENT_INSURANCE -> random.nextLong(1, 13) * 16_800;
            case MULTIFINANCE -> random.nextLong(450, 2_600) * 1_000;
            case TELEVISION -> random.nextLong(6, 32) * 10_000;
            case PROPERTY_TAX -> random.nextLong(50_000, 1_200_000);
            case REGIONAL_TAX -> random.nextLong(100_000, 2_500_000);
            case VEHICLE_TAX -> random.nextLong(180_000, 3_600_000);
            case GAS -> random.nextLong(40_000, 220_000);
            case MOBILE -> random.nextLong(50_000, 360_000);
            case PLN_NON_BILL -> random.nextLong(200_000, 1_600_000);
            case EMONEY -> question.amount();
        };
    }

    static long participants(String customerNo) {
        return 1 + Long.remainderUnsigned(Fingerprint.of("participants", customerNo), 5);
    }

    private static String period(Kind kind, Question question, LocalDate month) {
        return switch (kind) {
            case PLN, PDAM, PLN_NON_BILL, MOBILE, EMONEY -> formatted("yyyyMM", month);
            case INTERNET -> MONTHS.get(month.getMonthValue() - 1) + formatted(" yyyy", month);
            case TELEVISION -> MONTHS.get(month.getMonthValue() - 1) + formatted(" yy", month);
            case HEALTH_INSURANCE, EMPLOYMENT_INSURANCE -> "01";
            case GAS -> formatted("MMyy", month);
            case MULTIFINANCE -> "%03d".formatted(1 + instalmentsPaid(question.customerNo()));
            case PROPERTY_TAX, REGIONAL_TAX, VEHICLE_TAX ->
                question.year() == null ? formatted("yyyy", month) : String.valueOf(question.year());
        };
    }

    private static long instalmentsPaid(String customerNo) {
        return Long.remainderUnsigned(Fingerprint.of("instalment", customerNo), 30);
    }

    private static String formatted(String pattern, LocalDate date) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(date);
    }

    private static @Nullable String periodOnTop(Kind kind, List<Bill.Sheet> sheets) {
        return switch (kind) {
            case PLN, PDAM, INTERNET, HEALTH_INSURANCE, MULTIFINANCE, PROPERTY_TAX, REGIONAL_TAX, VEHICLE_TAX ->
                sheets.stream().map(Bill.Sheet::period).collect(Collectors.joining(","));
            case TELEVISION, GAS, MOBILE, EMPLOYMENT_INSURANCE, PLN_NON_BILL, EMONEY -> null;
        };
    }
}
