package id.nadi.suppliers.adapters.digiflazz;

import id.nadi.connect.Exchange;
import id.nadi.kernel.Hashes;
import id.nadi.orders.Outcome;
import id.nadi.orders.Outcome.Delivered;
import id.nadi.orders.Outcome.Pending;
import id.nadi.orders.Outcome.Reason;
import id.nadi.orders.Outcome.Rejected;
import id.nadi.orders.Outcome.Unknown;
import id.nadi.suppliers.Supplier;
import id.nadi.suppliers.SupplierAdapter;
import id.nadi.suppliers.adapters.digiflazz.ResponseCodes.Meaning;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Digiflazz's buyer API, prepaid. Every call is a POST of JSON signed with {@code md5(username + apiKey + suffix)}; every
 * answer is wrapped in {@code data}. The status of a prepaid purchase is asked by the purchase call itself with the same
 * {@code ref_id}, which is why a check is as guarded as a purchase: after 90 days it would buy again.
 */
@Component
class DigiflazzAdapter implements SupplierAdapter {
    static final String USERNAME = "username";
    static final String API_KEY = "apiKey";
    static final String WEBHOOK_SECRET = "webhookSecret";

    /** A reference older than 90 days is bought anew; we stop ten days earlier. */
    private static final Duration CHECK_AGE_MAX = Duration.ofDays(80);

    private static final Duration CHECK_INTERVAL_MAX = Duration.ofMinutes(15);
    private static final Duration PRICE_LIST_INTERVAL = Duration.ofMinutes(5);
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");

    private final JsonMapper json;
    private final Clock clock;
    private final Duration repollMin;

    DigiflazzAdapter(
            JsonMapper json, Clock clock, @Value("${nadi.suppliers.digiflazz.repoll-min:65s}") Duration repollMin) {
        this.json = json;
        this.clock = clock;
        this.repollMin = repollMin;
    }

    @Override
    public String name() {
        return "digiflazz";
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.BUY,
                Capability.STATUS,
                Capability.BALANCE,
                Capability.PRICE_LIST,
                Capability.CALLBACK,
                Capability.IDEMPOTENT_REFERENCE);
    }

    @Override
    public Request buy(Supplier supplier, Purchase purchase) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("buyer_sku_code", purchase.supplierCode());
        body.put("customer_no", purchase.destination());
        body.put("ref_id", purchase.reference());
        // A price above what the order was calculated with is refused there instead of lost here.
        body.put("max_price", purchase.costMax());
        return request(supplier, "/transaction", body, purchase.reference());
    }

    @Override
    public Outcome readBuy(Purchase purchase, Exchange exchange) {
        return switch (exchange) {
            case Exchange.NotSent notSent -> new Rejected(Reason.NOT_SENT, notSent.reason());
            case Exchange.Lost lost -> unknown("NO_ANSWER", 0);
            case Exchange.Answered answered ->
                answered.status() >= 500 ? unknown("HTTP_" + answered.status(), 0) : read(purchase, answered, 0, false);
        };
    }

    @Override
    public Optional<Request> check(Supplier supplier, Purchase purchase, Instant sentAt) {
        return sentAt.isBefore(clock.instant().minus(CHECK_AGE_MAX))
                ? Optional.empty()
                : Optional.of(buy(supplier, purchase));
    }

    @Override
    public Outcome readCheck(Purchase purchase, Exchange exchange, int tries) {
        return switch (exchange) {
            case Exchange.NotSent notSent -> unknown("CHECK_NOT_SENT", tries);
            case Exchange.Lost lost -> unknown("NO_ANSWER", tries);
            case Exchange.Answered answered ->
                answered.status() >= 500
                        ? unknown("HTTP_" + answered.status(), tries)
                        : read(purchase, answered, tries, true);
        };
    }

    private Outcome read(Purchase purchase, Exchange.Answered answered, int tries, boolean checking) {
        JsonNode data = data(answered.body());
        if (data == null) {
            return unknown("UNREADABLE", tries);
        }
        Outcome outcome = outcome(data, tries, checking);
        // A refusal before a transaction exists may come without its fields; a result must be about our reference.
        boolean mayBeBare = outcome instanceof Rejected && !recorded(data);
        boolean aboutUs = names(data, "ref_id", purchase.reference(), mayBeBare)
                && names(data, "customer_no", purchase.destination(), mayBeBare);
        return aboutUs || outcome instanceof Unknown ? outcome : unknown("OTHER_REFERENCE", tries);
    }

    private static boolean names(JsonNode data, String field, String expected, boolean mayBeMissing) {
        String value = text(data, field);
        return value == null ? mayBeMissing && !data.path(field).isContainer() : value.equals(expected);
    }

    private Outcome outcome(JsonNode data, int tries, boolean checking) {
        String code = text(data, "rc");
        Optional<Meaning> known = code == null ? Optional.empty() : ResponseCodes.meaning(code);
        if (known.isEmpty()) {
            return unknown("RC_" + shown(code), tries);
        }
        Meaning meaning = known.get();
        String status = text(data, "status");
        String message = text(data, "message");
        return switch (meaning.kind()) {
            case SUCCESS ->
                contradicts(status, "Sukses")
                        ? unknown("RC_AND_STATUS_DIFFER", tries)
                        : new Delivered(orEmpty(text(data, "sn")), number(data, "price"), null, message);
            case PENDING ->
                contradicts(status, "Pending")
                        ? unknown("RC_AND_STATUS_DIFFER", tries)
                        : new Pending(nextCheck(tries), null, message);
            case FAILED -> {
                if (contradicts(status, "Gagal")) {
                    yield unknown("RC_AND_STATUS_DIFFER", tries);
                }
                // Asked again, a refusal that made no transaction is about our question and not about the first try.
                yield checking && !meaning.recorded()
                        ? unknown("CHECK_REFUSED_RC_" + code, tries)
                        : new Rejected(meaning.reason(), message);
            }
            case UNCLEAR -> unknown("RC_" + code, tries);
        };
    }

    @Override
    public Optional<Instant> firstCheck(Instant sentAt) {
        return Optional.of(later(sentAt.plus(repollMin), clock.instant()));
    }

    @Override
    public Request balance(Supplier supplier) {
        return request(supplier, "/cek-saldo", Map.of("cmd", "deposit"), "depo");
    }

    @Override
    public Optional<Long> readBalance(Exchange exchange) {
        if (!(exchange instanceof Exchange.Answered answered)) {
            return Optional.empty();
        }
        JsonNode data = data(answered.body());
        return data == null ? Optional.empty() : Optional.ofNullable(number(data, "deposit"));
    }

    @Override
    public Request priceList(Supplier supplier) {
        return request(supplier, "/price-list", Map.of("cmd", "prepaid"), "pricelist");
    }

    @Override
    public Optional<List<Offer>> readPriceList(Exchange exchange) {
        if (!(exchange instanceof Exchange.Answered answered)) {
            return Optional.empty();
        }
        JsonNode data = data(answered.body());
        if (data == null || !data.isArray()) {
            return Optional.empty();
        }
        List<Offer> offers = new ArrayList<>();
        for (JsonNode item : data) {
            String code = text(item, "buyer_sku_code");
            Long price = number(item, "price");
            if (code == null || price == null || price <= 0) {
                continue;
            }
            boolean unlimited = item.path("unlimited_stock").asBoolean(true);
            offers.add(new Offer(
                    code,
                    orEmpty(text(item, "product_name")),
                    orEmpty(text(item, "category")),
                    orEmpty(text(item, "brand")),
                    orEmpty(text(item, "type")),
                    price,
                    item.path("buyer_product_status").asBoolean(false)
                            && item.path("seller_product_status").asBoolean(false),
                    unlimited ? null : number(item, "stock"),
                    item.path("multi").asBoolean(false),
                    time(text(item, "start_cut_off")),
                    time(text(item, "end_cut_off")),
                    orEmpty(text(item, "desc"))));
        }
        return Optional.of(offers);
    }

    @Override
    public Duration priceListInterval() {
        return PRICE_LIST_INTERVAL;
    }

    @Override
    public boolean isGenuine(Supplier supplier, Message message) {
        String signature = message.headers().get("x-hub-signature");
        String secret = supplier.credentials().get(WEBHOOK_SECRET);
        if (signature == null || secret == null || secret.isEmpty()) {
            return false;
        }
        byte[] mac = Hashes.hmac("HmacSHA1", secret.getBytes(StandardCharsets.UTF_8), message.body());
        return Hashes.same("sha1=" + Hashes.hex(mac), signature);
    }

    @Override
    public Said read(Message message) {
        JsonNode root = parsed(message.body());
        if (root != null && root.has("hook_id")) {
            return new Said.Ping();
        }
        JsonNode data = root == null ? null : root.get("data");
        String reference = data == null ? null : text(data, "ref_id");
        if (data == null || reference == null) {
            return new Said.Unreadable("no data.ref_id");
        }
        return new Said.Of(reference, text(data, "customer_no"), outcome(data, 0, false));
    }

    private Request request(Supplier supplier, String path, Map<String, ?> fields, String suffix) {
        String username = supplier.credential(USERNAME);
        String sign = Hashes.md5Hex(username + supplier.credential(API_KEY) + suffix);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(USERNAME, username);
        body.putAll(fields);
        body.put("sign", sign);
        return new Request(
                "POST", path, Map.of("Content-Type", "application/json"), json.writeValueAsBytes(body), List.of(sign));
    }

    private Unknown unknown(String reason, int tries) {
        return new Unknown(reason, nextCheck(tries));
    }

    /** Doubling from the supplier's own minimum, so that a long silence costs few questions. */
    private Instant nextCheck(int tries) {
        long factor = 1L << Math.min(Math.max(tries, 0), 16);
        Duration wait = repollMin.multipliedBy(factor);
        Duration longest = repollMin.compareTo(CHECK_INTERVAL_MAX) > 0 ? repollMin : CHECK_INTERVAL_MAX;
        return clock.instant().plus(wait.compareTo(longest) > 0 ? longest : wait);
    }

    private boolean recorded(JsonNode data) {
        String code = text(data, "rc");
        return code != null
                && ResponseCodes.meaning(code).map(Meaning::recorded).orElse(false);
    }

    private @Nullable JsonNode data(byte[] body) {
        JsonNode root = parsed(body);
        JsonNode data = root == null ? null : root.get("data");
        return data == null || data.isNull() ? null : data;
    }

    private @Nullable JsonNode parsed(byte[] body) {
        try {
            JsonNode root = json.readTree(body);
            return root != null && root.isObject() ? root : null;
        } catch (JacksonException unreadable) {
            return null;
        }
    }

    private static boolean contradicts(@Nullable String status, String expected) {
        return status != null && !status.equalsIgnoreCase(expected);
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null || value.isNull() || value.isContainer() ? null : value.asString();
    }

    /** Whole rupiah, as a number or as digits in a text; anything else is not a number to us. */
    private static @Nullable Long number(JsonNode node, String field) {
        String text = text(node, field);
        if (text == null || !text.matches("-?[0-9]{1,18}")) {
            return null;
        }
        return Long.valueOf(text);
    }

    private static @Nullable LocalTime time(@Nullable String text) {
        return text != null && TIME.matcher(text).matches() ? LocalTime.parse(text) : null;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String shown(@Nullable String code) {
        if (code == null) {
            return "MISSING";
        }
        String plain = code.replaceAll("[^0-9A-Za-z]", "?");
        return plain.substring(0, Math.min(8, plain.length()));
    }
}
