package id.nadi.sandbox.digiflazz;

import java.util.List;

/** Who stands behind a customer number: always the same person for the same number. */
final class People {
    private static final List<String> FIRST = List.of(
            "ADI", "AGUS", "AYU", "BAGAS", "BUDI", "CITRA", "DEWI", "DIAN", "EKO", "FAJAR", "FITRI", "GILANG", "HENDRA",
            "INDAH", "JOKO", "KARTIKA", "LESTARI", "MADE", "NUR", "PUTU", "RATNA", "RIZKY", "SARI", "SITI", "TAUFIK",
            "TRI", "WAHYU", "WAYAN", "YULI", "ZAHRA");
    private static final List<String> LAST = List.of(
            "ANGGRAINI",
            "FIRMANSYAH",
            "GUNAWAN",
            "HALIM",
            "HIDAYAT",
            "KURNIAWAN",
            "KUSUMA",
            "LUBIS",
            "MAHARANI",
            "NASUTION",
            "NUGROHO",
            "PERMATA",
            "PRASETYO",
            "PRATAMA",
            "PURNOMO",
            "RAHAYU",
            "RAMADHAN",
            "SANTOSO",
            "SAPUTRA",
            "SETIAWAN",
            "SIREGAR",
            "SUHARTO",
            "SUSANTI",
            "SUTRISNO",
            "UTAMI",
            "WIBOWO",
            "WIJAYA",
            "YULIANTO");
    private static final List<String> STREETS = List.of(
            "JL MERDEKA",
            "JL SUDIRMAN",
            "JL DIPONEGORO",
            "JL ANGGREK",
            "JL MELATI",
            "JL GAJAH MADA",
            "JL VETERAN",
            "JL PAHLAWAN",
            "JL KENANGA",
            "JL HAYAM WURUK",
            "GG MANGGIS",
            "GG MAWAR");
    private static final List<Integer> POWERS = List.of(450, 900, 1300, 1300, 2200, 3500);

    private People() {}

    /** Where somebody draws electricity. */
    record Connection(String tariff, int power) {}

    static String name(String customerNo) {
        long hash = Fingerprint.of("name", customerNo);
        return pick(FIRST, hash) + " " + pick(LAST, hash >>> 16);
    }

    static String address(String customerNo) {
        long hash = Fingerprint.of("address", customerNo);
        return pick(STREETS, hash) + " NO " + (1 + Long.remainderUnsigned(hash >>> 16, 180));
    }

    static Connection connection(String customerNo) {
        int power = pick(POWERS, Fingerprint.of("power", customerNo));
        return new Connection(power > 2200 ? "R2" : "R1", power);
    }

    static <T> T pick(List<T> from, long hash) {
        return from.get((int) Long.remainderUnsigned(hash, from.size()));
    }
}
