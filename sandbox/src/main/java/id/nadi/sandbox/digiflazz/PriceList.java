package id.nadi.sandbox.digiflazz;

import id.nadi.sandbox.switches.SwitchBoard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** {@code /price-list}: everything once in a while, one product once a second. */
final class PriceList implements Operation {
    private static final Set<String> COMMANDS = Set.of("prepaid", "pasca");
    private static final long ONE_PRODUCT_INTERVAL_MS = 1_000;

    private final Book book;
    private final SwitchBoard<Switches> switches;
    private final Map<Asking, Long> lastAskedMs = new HashMap<>();

    private record Asking(
            String username, String command, @Nullable String sku) {}

    private record Filter(
            @Nullable String code,
            @Nullable String category,
            @Nullable String brand,
            @Nullable String type) {}

    @JsonNaming(SnakeCaseStrategy.class)
    private record PrepaidItem(
            String productName,
            String category,
            String brand,
            String type,
            String sellerName,
            long price,
            String buyerSkuCode,
            boolean buyerProductStatus,
            boolean sellerProductStatus,
            boolean unlimitedStock,
            long stock,
            boolean multi,
            String startCutOff,
            String endCutOff,
            String desc) {}

    @JsonNaming(SnakeCaseStrategy.class)
    private record PostpaidItem(
            String productName,
            String category,
            String brand,
            String sellerName,
            long admin,
            long commission,
            String buyerSkuCode,
            boolean buyerProductStatus,
            boolean sellerProductStatus,
            String desc) {}

    PriceList(Book book, SwitchBoard<Switches> switches) {
        this.book = book;
        this.switches = switches;
    }

    @Override
    public String signedPart(Payload payload) {
        return "pricelist";
    }

    @Override
    public Reply answer(Account account, Payload payload) {
        String command = payload.word("cmd", COMMANDS);
        Filter filter = new Filter(
                payload.optionalText("code"),
                payload.optionalText("category"),
                payload.optionalText("brand"),
                payload.optionalText("type"));
        if (payload.isBroken()) {
            return Reply.refused(ResponseCode.PAYLOAD_ERROR);
        }
        synchronized (book) {
            if (isTooSoon(account, command, filter.code())) {
                return Reply.refused(ResponseCode.PRICE_LIST_LIMIT);
            }
            return Reply.ok(command.equals("prepaid") ? prepaid(filter) : postpaid(filter));
        }
    }

    /** A filter by brand or category counts as asking for everything: only a code makes the list short. */
    private boolean isTooSoon(Account account, String command, @Nullable String code) {
        String sku = code == null || book.catalogue().has(code) ? code : "";
        Asking asking = new Asking(account.username(), command, sku);
        long intervalMs =
                code == null ? switches.effective(account.username()).priceListIntervalMs() : ONE_PRODUCT_INTERVAL_MS;
        Long lastMs = lastAskedMs.get(asking);
        if (lastMs != null && book.now() - lastMs < intervalMs) {
            return true;
        }
        lastAskedMs.put(asking, book.now());
        return false;
    }

    private List<PrepaidItem> prepaid(Filter filter) {
        return book.catalogue().prepaid().stream()
                .filter(product -> matches(filter.code(), product.sku()))
                .filter(product -> matches(filter.category(), product.category()))
                .filter(product -> matches(filter.brand(), product.brand()))
                .filter(product -> matches(filter.type(), product.type()))
                .map(PriceList::item)
                .toList();
    }

    private List<PostpaidItem> postpaid(Filter filter) {
        return book.catalogue().postpaid().stream()
                .filter(product -> matches(filter.code(), product.sku()))
                .filter(product -> matches(filter.brand(), product.brand()))
                .map(PriceList::item)
                .toList();
    }

    private static boolean matches(@Nullable String wanted, String actual) {
        return wanted == null || wanted.equals(actual);
    }

    private static PrepaidItem item(PrepaidProduct product) {
        return new PrepaidItem(
                product.name(),
                product.category(),
                product.brand(),
                product.type(),
                product.seller(),
                product.price(),
                product.sku(),
                product.buyerActive(),
                product.sellerActive() && !product.sellerMaintenance(),
                product.unlimitedStock(),
                product.stock(),
                product.multi(),
                product.startCutOff(),
                product.endCutOff(),
                product.description());
    }

    private static PostpaidItem item(PostpaidProduct product) {
        return new PostpaidItem(
                product.name(),
                "Pascabayar",
                product.brand(),
                product.seller(),
                product.admin(),
                product.commission(),
                product.sku(),
                product.active(),
                true,
                product.description());
    }
}
