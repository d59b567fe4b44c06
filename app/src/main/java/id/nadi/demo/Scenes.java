package id.nadi.demo;

import id.nadi.catalog.CatalogView;
import id.nadi.catalog.OperatorPrefixes;
import id.nadi.catalog.Product;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Chooses what the partner buys: something of everything, and everything that can go wrong. */
final class Scenes {
    private static final String DIGITS = "0123456789";
    private static final int PHONE_LENGTH = 12;
    private static final long PHONE_CREDIT_MAX = 30_000;

    private final CatalogView catalog;
    private final RandomGenerator random;
    private final Map<String, String> prefixes = OperatorPrefixes.published();
    private final List<Scene> scenes = new ArrayList<>();

    Scenes(CatalogView catalog, RandomGenerator random) {
        this.catalog = catalog;
        this.random = random;
    }

    List<Scene> all() {
        for (Product product : assortment()) {
            add("sold", product, null, "SUCCESS");
        }
        Product meter = cheapest("PLN");
        for (String code : List.of("54", "53", "02", "55", "71")) {
            add("refused by the supplier", anyPhoneCredit(), Map.of("outcome", "FAIL", "rc", code), "FAILED");
        }
        for (int count = 0; count < 3; count++) {
            add(
                    "pending, then delivered",
                    anyPhoneCredit(),
                    Map.of("outcome", "PENDING_SUCCESS", "delayMs", 1_500),
                    "SUCCESS");
        }
        add("pending, then delivered", meter, Map.of("outcome", "PENDING_SUCCESS", "delayMs", 1_500), "SUCCESS");
        add("pending, then failed", anyPhoneCredit(), Map.of("outcome", "PENDING_FAIL", "delayMs", 1_500), "FAILED");
        add("pending, then failed", anyPhoneCredit(), Map.of("outcome", "PENDING_FAIL", "delayMs", 2_500), "FAILED");
        add("no answer, yet bought", anyPhoneCredit(), Map.of("outcome", "TIMEOUT_SUCCESS", "times", 1), "SUCCESS");
        add("no answer, not bought", anyPhoneCredit(), Map.of("outcome", "TIMEOUT_FAIL", "times", 1), "FAILED");
        return List.copyOf(scenes);
    }

    /** One open product of each brand and category, the cheapest first, so that the wallet lasts. */
    private List<Product> assortment() {
        Set<String> seen = new HashSet<>();
        return catalog.products().stream()
                .filter(Scenes::sellable)
                .sorted(Comparator.comparingLong(product -> product.baseCost().amount()))
                .filter(product -> seen.add(product.categoryName() + "/" + product.brand()))
                .limit(24)
                .toList();
    }

    /** Phone credit of some operator, small enough that the wallet lasts. */
    private Product anyPhoneCredit() {
        List<Product> small = catalog.products().stream()
                .filter(Scenes::sellable)
                .filter(product -> product.categoryName().equals("Pulsa"))
                .filter(product -> product.baseCost().amount() < PHONE_CREDIT_MAX)
                .toList();
        return small.get(random.nextInt(small.size()));
    }

    private Product cheapest(String category) {
        return catalog.products().stream()
                .filter(Scenes::sellable)
                .filter(product -> product.categoryName().equals(category))
                .min(Comparator.comparingLong(product -> product.baseCost().amount()))
                .orElseThrow(() -> new IllegalStateException("the catalogue has no open product of " + category));
    }

    private static boolean sellable(Product product) {
        return product.active() && product.cutOff() == null;
    }

    private void add(String title, Product product, @Nullable Map<String, ?> script, String ends) {
        scenes.add(new Scene(title, product.code(), destination(product), script, ends));
    }

    /** A destination that fits the product and that nobody has used today. */
    String destination(Product product) {
        return switch (product.destination()) {
            case PHONE -> phone(product.brand());
            case METER -> "14" + digits(9);
            case ACCOUNT -> digits(9);
        };
    }

    Scene simple(String title, String ends) {
        Product product = anyPhoneCredit();
        return new Scene(title, product.code(), destination(product), null, ends);
    }

    private String phone(String operator) {
        String prefix = prefixes.entrySet().stream()
                .filter(entry -> entry.getValue().equals(operator))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("0812");
        return prefix + digits(PHONE_LENGTH - prefix.length());
    }

    private String digits(int count) {
        StringBuilder digits = new StringBuilder(count);
        for (int at = 0; at < count; at++) {
            digits.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return digits.toString();
    }
}
