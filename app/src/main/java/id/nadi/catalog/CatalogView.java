package id.nadi.catalog;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A tenant's whole catalogue at one moment. */
public final class CatalogView {
    private static final int PREFIX_LENGTH_MAX = 7;

    private final Map<String, Product> byCode;
    private final Map<ProductId, Product> byId;
    private final Map<String, String> operatorByPrefix;
    private final Set<String> blocked;

    CatalogView(
            Map<String, Product> byCode,
            Map<ProductId, Product> byId,
            Map<String, String> operatorByPrefix,
            Set<String> blocked) {
        this.byCode = byCode;
        this.byId = byId;
        this.operatorByPrefix = operatorByPrefix;
        this.blocked = blocked;
    }

    /** The product of that code, as its owner wrote it or in any other case. */
    public Optional<Product> product(String code) {
        return Optional.ofNullable(byCode.get(code.toUpperCase(java.util.Locale.ROOT)));
    }

    public Optional<Product> product(ProductId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** All products, by code. */
    public Collection<Product> products() {
        return byCode.values();
    }

    /** Whose number that is: the longest known prefix wins; empty if none is known. */
    public Optional<String> operatorOf(String number) {
        for (int length = Math.min(PREFIX_LENGTH_MAX, number.length()); length >= 3; length--) {
            String operator = operatorByPrefix.get(number.substring(0, length));
            if (operator != null) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }

    /** Whether any prefix is known of that operator: only then can a number be told to be another's. */
    public boolean knowsOperator(String operator) {
        return operatorByPrefix.containsValue(operator);
    }

    public boolean isBlocked(String destination) {
        return blocked.contains(destination);
    }
}
