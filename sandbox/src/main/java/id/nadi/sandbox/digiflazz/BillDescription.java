package id.nadi.sandbox.digiflazz;

import id.nadi.sandbox.digiflazz.PostpaidProduct.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The {@code desc} of a bill, whose fields differ from biller to biller. Amounts in it are text, as published. */
final class BillDescription {
    private static final List<String> VEHICLES = List.of(
            "HONDA VARIO 125 CBS",
            "HONDA BEAT STREET",
            "YAMAHA NMAX 155",
            "YAMAHA MIO M3",
            "SUZUKI SATRIA FU",
            "TOYOTA AVANZA 1.3 G",
            "DAIHATSU XENIA 1.3",
            "MITSUBISHI XPANDER");
    private static final List<String> COLOURS = List.of("HITAM", "PUTIH", "MERAH", "SILVER", "ABU-ABU");
    private static final List<String> DISTRICTS = List.of("CIPAGERAN", "CITEUREUP", "GUBENG", "TEGALSARI", "SUKAJADI");

    private final String customerNo;
    private final Bill bill;
    private final PostpaidProduct.Kind kind;
    private final boolean paid;
    private final SplittableRandom random;

    private BillDescription(Kind kind, String customerNo, Bill bill, boolean paid) {
        this.kind = kind;
        this.customerNo = customerNo;
        this.bill = bill;
        this.paid = paid;
        this.random = new SplittableRandom(Fingerprint.of("desc", customerNo));
    }

    /**
     * Describes a bill.
     *
     * @param paid whether it is shown as paid, which adds the meter's readings to electricity
     */
    static Map<String, Object> of(Kind kind, String customerNo, Bill bill, boolean paid) {
        return new BillDescription(kind, customerNo, bill, paid).fields();
    }

    private Map<String, Object> fields() {
        return switch (kind) {
            case PLN -> electricity();
            case PDAM -> water();
            case INTERNET, TELEVISION -> with("lembar_tagihan", bill.sheets().size(), "detail", details());
            case HEALTH_INSURANCE -> healthInsurance();
            case MULTIFINANCE -> multifinance();
            case PROPERTY_TAX -> propertyTax();
            case REGIONAL_TAX -> regionalTax();
            case VEHICLE_TAX -> vehicleTax();
            case GAS -> gas();
            case EMPLOYMENT_INSURANCE, PLN_NON_BILL ->
                with("lembar_tagihan", bill.sheets().size());
            case MOBILE, EMONEY -> with();
        };
    }

    private Map<String, Object> electricity() {
        People.Connection connection = People.connection(customerNo);
        return with(
                "tarif", connection.tariff(),
                "daya", connection.power(),
                "lembar_tagihan", bill.sheets().size(),
                "detail", details());
    }

    private Map<String, Object> water() {
        return with(
                "tarif", "3A",
                "lembar_tagihan", bill.sheets().size(),
                "alamat", People.address(customerNo),
                "jatuh_tempo", "1-20 BULAN BERJALAN",
                "detail", details());
    }

    private Map<String, Object> healthInsurance() {
        return with(
                "jumlah_peserta", String.valueOf(Bills.participants(customerNo)),
                "lembar_tagihan", bill.sheets().size(),
                "alamat", People.address(customerNo),
                "detail", details());
    }

    private Map<String, Object> multifinance() {
        return with(
                "lembar_tagihan", bill.sheets().size(),
                "item_name", People.pick(VEHICLES, random.nextLong()),
                "no_rangka", chassis(),
                "no_pol", plate(),
                "tenor", "036",
                "detail", details());
    }

    private Map<String, Object> propertyTax() {
        String district = People.pick(DISTRICTS, random.nextLong());
        return with(
                "lembar_tagihan",
                bill.sheets().size(),
                "alamat",
                People.address(customerNo),
                "tahun_pajak",
                bill.sheets().getFirst().period(),
                "kelurahan",
                district,
                "kecamatan",
                district,
                "kode_kab_kota",
                "0023",
                "kab_kota",
                "PEMKOT",
                "luas_tanah",
                random.nextInt(60, 400) + " M2",
                "luas_gedung",
                random.nextInt(36, 200) + " M2");
    }

    private Map<String, Object> regionalTax() {
        Map<String, Object> fields = propertyTax();
        fields.put("provinsi", "JAWA BARAT");
        return fields;
    }

    private Map<String, Object> vehicleTax() {
        return with(
                "lembar_tagihan", bill.sheets().size(),
                "nama", bill.customerName(),
                "alamat", People.address(customerNo),
                "merk", People.pick(VEHICLES, random.nextLong()),
                "model", "SEPEDA MOTOR",
                "tahun", String.valueOf(random.nextInt(2010, 2025)),
                "warna", People.pick(COLOURS, random.nextLong()),
                "no_rangka", chassis(),
                "no_mesin", "E" + random.nextInt(1_000_000, 9_999_999),
                "jatuh_tempo", bill.sheets().getFirst().period() + "-12-31");
    }

    private Map<String, Object> gas() {
        return with(
                "lembar_tagihan", bill.sheets().size(),
                "alamat", People.address(customerNo),
                "detail", details());
    }

    private List<Map<String, Object>> details() {
        List<Map<String, Object>> details = new ArrayList<>();
        long admin = bill.admin() / bill.sheets().size();
        long meter = random.nextLong(1_000, 80_000);
        for (Bill.Sheet sheet : bill.sheets()) {
            long used = random.nextLong(10, 400);
            details.add(detail(sheet, admin, meter, used));
            meter += used;
        }
        return details;
    }

    private Map<String, Object> detail(Bill.Sheet sheet, long admin, long meter, long used) {
        Map<String, Object> detail = with("periode", sheet.period());
        switch (kind) {
            case PLN -> {
                put(detail, "nilai_tagihan", sheet.amount(), "admin", admin, "denda", sheet.fine());
                if (paid) {
                    readings(detail, "%08d", meter, used);
                }
            }
            case PDAM -> {
                put(detail, "nilai_tagihan", sheet.amount(), "denda", sheet.fine());
                readings(detail, "%08d", meter, used);
                put(detail, "biaya_lain", sheet.other());
            }
            case INTERNET -> put(detail, "nilai_tagihan", sheet.amount(), "admin", admin);
            case TELEVISION -> {
                put(detail, "nilai_tagihan", sheet.amount());
                detail.put("no_ref", "%04X".formatted(random.nextInt(0x10000)));
            }
            case MULTIFINANCE -> put(detail, "denda", sheet.fine(), "biaya_lain", sheet.other());
            case GAS -> {
                readings(detail, "%06d", meter, used);
                put(detail, "usage", used);
            }
            case HEALTH_INSURANCE,
                    EMPLOYMENT_INSURANCE,
                    PROPERTY_TAX,
                    REGIONAL_TAX,
                    VEHICLE_TAX,
                    MOBILE,
                    PLN_NON_BILL,
                    EMONEY -> {
                // The period is all there is.
            }
        }
        return detail;
    }

    private static void readings(Map<String, Object> detail, String format, long before, long used) {
        detail.put("meter_awal", format.formatted(before));
        detail.put("meter_akhir", format.formatted(before + used));
    }

    private static void put(Map<String, Object> detail, Object... namesAndNumbers) {
        for (int index = 0; index < namesAndNumbers.length; index += 2) {
            detail.put((String) namesAndNumbers[index], String.valueOf(namesAndNumbers[index + 1]));
        }
    }

    private static Map<String, Object> with(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            fields.put((String) namesAndValues[index], namesAndValues[index + 1]);
        }
        return fields;
    }

    private String plate() {
        return "D" + random.nextInt(1_000, 9_999) + (char) ('A' + random.nextInt(26))
                + (char) ('A' + random.nextInt(26));
    }

    private String chassis() {
        return "MH1JF%011X".formatted(random.nextLong() & 0xfffffffffffL);
    }
}
