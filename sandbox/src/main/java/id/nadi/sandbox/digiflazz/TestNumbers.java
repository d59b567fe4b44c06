package id.nadi.sandbox.digiflazz;

import id.nadi.sandbox.common.Table;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The published numbers for development, which always end the same way. */
final class TestNumbers {
    private final Map<String, TestNumber> numbers = new HashMap<>();

    enum Ending {
        SUCCESS,
        FAIL,
        PENDING_SUCCESS,
        PENDING_FAIL,
        INQUIRY_FAIL
    }

    record TestNumber(Ending ending, int bills) {}

    TestNumbers() {
        for (Table.Row row : Table.read(TestNumbers.class, "test-numbers.tsv")) {
            numbers.put(
                    key(row.text("sku"), row.text("customer_no")),
                    new TestNumber(Ending.valueOf(row.text("outcome")), (int) row.number("bills")));
        }
    }

    @Nullable
    TestNumber find(String sku, String customerNo) {
        return numbers.get(key(sku, customerNo));
    }

    private static String key(String sku, String customerNo) {
        return sku + "\t" + customerNo;
    }
}
