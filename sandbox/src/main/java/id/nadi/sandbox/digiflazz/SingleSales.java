package id.nadi.sandbox.digiflazz;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Today's sales of products that one destination gets once a day. Guarded by the book. */
final class SingleSales {
    private final Map<String, Reference> sales = new HashMap<>();
    private long day;

    void add(Reference reference) {
        turnTo(Wib.day(reference.createdAt()));
        sales.put(key(reference.account(), reference.sku(), reference.customerNo()), reference);
    }

    boolean isTaken(Account account, String sku, String customerNo, long now) {
        turnTo(Wib.day(now));
        @Nullable Reference earlier = sales.get(key(account, sku, customerNo));
        return earlier != null && earlier.rc().status() != Status.FAILED;
    }

    private void turnTo(long today) {
        if (today != day) {
            day = today;
            sales.clear();
        }
    }

    private static String key(Account account, String sku, String customerNo) {
        return account.username() + "\t" + sku + "\t" + customerNo;
    }
}
