package id.nadi.sandbox.digiflazz;

import id.nadi.sandbox.common.Table;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is for sale at the moment: the fixture as it shipped, with the changes made since. Guarded by the book. */
final class Catalogue {
    private final Map<String, PrepaidProduct> prepaid = new LinkedHashMap<>();
    private final Map<String, PostpaidProduct> postpaid = new LinkedHashMap<>();

    Catalogue() {
        for (Table.Row row : Table.read(Catalogue.class, "prepaid.tsv")) {
            prepaid.put(row.text("sku"), PrepaidProduct.of(row));
        }
        for (Table.Row row : Table.read(Catalogue.class, "postpaid.tsv")) {
            postpaid.put(row.text("sku"), PostpaidProduct.of(row));
        }
    }

    @Nullable
    PrepaidProduct prepaid(String sku) {
        return prepaid.get(sku);
    }

    @Nullable
    PostpaidProduct postpaid(String sku) {
        return postpaid.get(sku);
    }

    Collection<PrepaidProduct> prepaid() {
        return Collections.unmodifiableCollection(prepaid.values());
    }

    Collection<PostpaidProduct> postpaid() {
        return Collections.unmodifiableCollection(postpaid.values());
    }

    boolean has(String sku) {
        return prepaid.containsKey(sku) || postpaid.containsKey(sku);
    }

    /** A product that no longer ships may still stand in an old journal; its changes then change nothing. */
    void change(String sku, ProductChange change) {
        prepaid.computeIfPresent(sku, (_, product) -> product.with(change));
        postpaid.computeIfPresent(sku, (_, product) -> product.with(change));
    }

    void takeFromStock(String sku) {
        restock(sku, -1);
    }

    void putBackIntoStock(String sku) {
        restock(sku, 1);
    }

    private void restock(String sku, int by) {
        PrepaidProduct product = prepaid.get(sku);
        if (product != null && !product.unlimitedStock()) {
            prepaid.put(sku, product.restocked(by));
        }
    }
}
