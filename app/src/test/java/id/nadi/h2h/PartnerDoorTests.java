package id.nadi.h2h;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.nadi.audit.Actor;
import id.nadi.catalog.Catalog;
import id.nadi.identity.ApiKey;
import id.nadi.identity.ApiKeys;
import id.nadi.identity.Member;
import id.nadi.identity.Members;
import id.nadi.kernel.Money;
import id.nadi.ledger.Ledger;
import id.nadi.orders.OrderId;
import id.nadi.orders.Orders;
import id.nadi.orders.Outcome;
import id.nadi.resellers.Markup;
import id.nadi.resellers.Resellers;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.testing.FakeFulfilment;
import id.nadi.testing.IntegrationTest;
import id.nadi.testing.PartnerClient;
import id.nadi.testing.PartnerClient.Answer;
import id.nadi.testing.RawHttp;
import id.nadi.testing.Shop;
import id.nadi.testing.Shop.Buyer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@IntegrationTest
class PartnerDoorTests {
    private static final long BALANCE = 100_000;

    @LocalServerPort
    int port;

    @Autowired
    Shop shop;

    @Autowired
    Orders orders;

    @Autowired
    Ledger ledger;

    @Autowired
    Catalog catalog;

    @Autowired
    Resellers resellers;

    @Autowired
    Members members;

    @Autowired
    ApiKeys apiKeys;

    @Autowired
    FakeFulfilment supplier;

    private Shop.Open open;
    private Buyer buyer;
    private ApiKey key;
    private PartnerClient partner;

    @BeforeEach
    void openShop() {
        open = shop.open();
        buyer = shop.buyer(open, BALANCE);
        key = shop.key(buyer);
        partner = new PartnerClient(port, key);
    }

    @Test
    void takesAnOrderAndTellsHowItEnded() {
        String phone = Shop.phone();
        Answer placed = partner.order("inv-1", "s10", "+62" + phone.substring(1));

        assertThat(placed.status()).isEqualTo(200);
        assertThat(placed.body().path("code").asInt()).isEqualTo(200);
        assertThat(placed.body().path("status").asString()).isEqualTo("success");
        assertThat(placed.body().path("message").asString()).isEqualTo("Transaksi diterima.");
        assertThat(placed.body().has("error_code")).isFalse();
        JsonNode data = placed.data();
        assertThat(data.path("status").asString()).isIn("PENDING", "PROCESSING", "SUCCESS");
        assertThat(data.path("trx_code").asString()).startsWith("TRX-");
        assertThat(data.path("ref_id").asString()).isEqualTo("inv-1");
        assertThat(data.path("product_code").asString()).isEqualTo("S10");
        assertThat(data.path("destination").asString()).isEqualTo(phone);
        assertThat(data.path("qty").asInt()).isEqualTo(1);
        assertThat(data.path("sequence").asInt()).isEqualTo(1);
        assertThat(data.path("price").asLong()).isEqualTo(Shop.PRICE);
        assertThat(data.path("balance_before").asLong()).isEqualTo(BALANCE);
        assertThat(data.path("balance_after").asLong()).isEqualTo(BALANCE - Shop.PRICE);
        assertThat(data.path("balance_remaining").asLong()).isEqualTo(BALANCE - Shop.PRICE);
        assertThat(data.has("sn")).isTrue();
        assertThat(data.has("currency")).isFalse();
        assertThat(OffsetDateTime.parse(data.path("created_at").asString()).getOffset())
                .isEqualTo(ZoneOffset.ofHours(7));

        JsonNode ended = ended("inv-1");
        assertThat(ended.path("status").asString()).isEqualTo("SUCCESS");
        assertThat(ended.path("sn").asString()).startsWith("SN-");
        assertThat(ended.has("error_code")).isFalse();
        assertThat(partner.get("/api/v1/transactions/" + ended.path("trx_id").asString())
                        .data())
                .isEqualTo(ended);
        assertThat(partner.get("/api/v1/transactions/" + ended.path("trx_code").asString())
                        .data())
                .isEqualTo(ended);
    }

    @Test
    void speaksEnglishToThoseWhoAskForIt() {
        Map<String, String> english = Map.of("Accept-Language", "en-GB,en;q=0.9,id;q=0.1");
        assertThat(partner.order(bytes("{"), english).body().path("message").asString())
                .isEqualTo("The request body is not valid JSON.");
        assertThat(partner.order(bytes("{"), Map.of("Accept-Language", "fr"))
                        .body()
                        .path("message")
                        .asString())
                .isEqualTo("Isi permintaan bukan JSON yang benar.");
    }

    @Test
    void answersARepeatWithTheOrderAsItStands() {
        String phone = Shop.phone();
        Answer first = partner.order("same", Shop.PRODUCT, phone);
        ended("same");

        Answer again = partner.order("same", Shop.PRODUCT, phone);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.data().path("trx_id")).isEqualTo(first.data().path("trx_id"));
        assertThat(again.data().path("created_at")).isEqualTo(first.data().path("created_at"));
        assertThat(again.data().path("status").asString()).isEqualTo("SUCCESS");
        assertThat(balance()).isEqualTo(BALANCE - Shop.PRICE);

        // An order that was taken is answered even if its product has closed since.
        CurrentTenant.run(
                buyer.tenant().id(),
                () -> catalog.setActive(
                        catalog.view(buyer.tenant().id())
                                .product(Shop.PRODUCT)
                                .orElseThrow()
                                .id(),
                        false,
                        Actor.OPERATOR));
        assertThat(partner.order("same", Shop.PRODUCT, phone).status()).isEqualTo(200);
    }

    @Test
    void refusesAReferenceThatMeansSomethingElse() {
        partner.order("same", Shop.PRODUCT, Shop.phone());
        Answer other = partner.order("same", Shop.PRODUCT, Shop.phone());
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.errorCode()).isEqualTo("REFERENCE_CONFLICT");
        assertThat(balance()).isEqualTo(BALANCE - Shop.PRICE);
    }

    @Test
    void leavesTheReferenceFreeWhenTheBalanceIsShort() {
        Buyer poor = shop.buyer(open, Shop.PRICE - 1);
        PartnerClient client = new PartnerClient(port, shop.key(poor));
        Answer refused = client.order("r-1", Shop.PRODUCT, Shop.phone());
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.errorCode()).isEqualTo("INSUFFICIENT_BALANCE");
        assertThat(client.get("/api/v1/transactions?ref_id=r-1").status()).isEqualTo(404);

        CurrentTenant.run(
                poor.tenant().id(),
                () -> ledger.credit(
                        poor.wallet().id(),
                        ledger.account(id.nadi.ledger.AccountKind.BANK, id.nadi.kernel.Currency.IDR),
                        Money.idr(BALANCE),
                        id.nadi.ledger.Purpose.of(id.nadi.ledger.PostingKind.DEPOSIT, id.nadi.kernel.Ids.next())));
        assertThat(client.order("r-1", Shop.PRODUCT, Shop.phone()).status()).isEqualTo(200);
    }

    @Test
    void explainsAFailureWithoutSpeakingOfSuppliers() {
        String phone = Shop.phone();
        supplier.onBuy(phone, (order, attempt) -> new Outcome.Rejected(Outcome.Reason.SUPPLIER_BALANCE, "saldo habis"));
        partner.order("fails", Shop.PRODUCT, phone);
        JsonNode ended = ended("fails");
        assertThat(ended.path("status").asString()).isEqualTo("FAILED");
        assertThat(ended.path("error_code").asString()).isEqualTo("DELIVERY_FAILED");
        assertThat(ended.path("balance_remaining").asLong()).isEqualTo(BALANCE);
        assertThat(ended.toString()).doesNotContain("saldo habis", "SUPPLIER_BALANCE");

        String wrong = Shop.phone();
        supplier.onBuy(wrong, (order, attempt) -> new Outcome.Rejected(Outcome.Reason.DESTINATION_WRONG, "no"));
        partner.order("wrong", Shop.PRODUCT, wrong);
        assertThat(ended("wrong").path("error_code").asString()).isEqualTo("DESTINATION_INVALID");
    }

    @Test
    void saysWhatCanBeSpentAndNotWhatIsThere() {
        CurrentTenant.run(
                buyer.tenant().id(), () -> ledger.setTerms(buyer.wallet().id(), Money.idr(30_000), Money.idr(0)));
        JsonNode balance = partner.get("/api/v1/balance").data();
        assertThat(balance.path("balance").asLong()).isEqualTo(BALANCE);
        assertThat(balance.path("held").asLong()).isZero();
        assertThat(balance.path("available").asLong()).isEqualTo(BALANCE - 30_000);
        assertThat(partner.order("r", Shop.PRODUCT, Shop.phone())
                        .data()
                        .path("balance_remaining")
                        .asLong())
                .isEqualTo(BALANCE - Shop.PRICE - 30_000);
    }

    @Test
    void listsOrdersByPageStatusAndTime() {
        String failing = Shop.phone();
        supplier.onBuy(failing, (order, attempt) -> new Outcome.Rejected(Outcome.Reason.FAILED, "no"));
        partner.order("one", Shop.PRODUCT, Shop.phone());
        partner.order("two", Shop.PRODUCT, failing);
        partner.order("three", Shop.PRODUCT, Shop.phone());
        List.of("one", "two", "three").forEach(this::ended);

        assertThat(references("/api/v1/transactions?limit=2")).containsExactly("three", "two", "one");
        assertThat(references("/api/v1/transactions?status=FAILED")).containsExactly("two");
        assertThat(references("/api/v1/transactions?status=PENDING")).isEmpty();
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Jakarta"));
        assertThat(references("/api/v1/transactions?from=" + today + "&to=" + today))
                .hasSize(3);
        assertThat(references("/api/v1/transactions?to=" + today.minusDays(1))).isEmpty();
        String anHourAgo =
                OffsetDateTime.now(ZoneOffset.ofHours(7)).minusHours(1).toString();
        assertThat(references("/api/v1/transactions?from=" + encoded(anHourAgo)))
                .hasSize(3);
        assertThat(references("/api/v1/transactions?from=" + anHourAgo)).hasSize(3);
        assertThat(references("/api/v1/transactions?to=" + encoded(anHourAgo))).isEmpty();
    }

    @Test
    void listsProductsAtThePartnersPrices() {
        List<JsonNode> products = all("/api/v1/products?limit=2");
        assertThat(products.stream().map(product -> product.path("code").asString()))
                .containsExactly("CLOSED", "PLN20", "S10", "X10");
        JsonNode s10 = products.get(2);
        assertThat(s10.path("price").asLong()).isEqualTo(Shop.PRICE);
        assertThat(s10.path("category").asString()).isEqualTo("Pulsa");
        assertThat(s10.path("brand").asString()).isEqualTo("TELKOMSEL");
        assertThat(s10.path("active").asBoolean()).isTrue();
        assertThat(s10.path("cut_off").isNull()).isTrue();
        assertThat(products.get(0).path("active").asBoolean(true)).isFalse();
        assertThat(all("/api/v1/products?category=pln")).hasSize(1);
    }

    @Test
    void listsOnlyWhatChangedWhenAPriceOrAProductChanges() {
        all("/api/v1/products");
        String since = encoded(OffsetDateTime.now(ZoneOffset.UTC).toString());
        assertThat(all("/api/v1/products?changed_since=" + since)).isEmpty();

        CurrentTenant.run(
                buyer.tenant().id(),
                () -> resellers.setMarkup(
                        open.level(),
                        catalog.view(buyer.tenant().id())
                                .product("X10")
                                .orElseThrow()
                                .id(),
                        null,
                        Markup.fixed(700),
                        Actor.OPERATOR));
        List<JsonNode> changed = all("/api/v1/products?changed_since=" + since);
        assertThat(changed).hasSize(1);
        assertThat(changed.getFirst().path("code").asString()).isEqualTo("X10");
        assertThat(changed.getFirst().path("price").asLong()).isEqualTo(Shop.COST + 700);
    }

    @Test
    void listsEveryMovementOfTheBalance() {
        partner.order("one", Shop.PRODUCT, Shop.phone());
        List<JsonNode> lines = all("/api/v1/mutations?limit=1");
        assertThat(lines).hasSize(2);
        JsonNode out = lines.get(0);
        assertThat(out.path("type").asString()).isEqualTo("CREDIT");
        assertThat(out.path("amount").asLong()).isEqualTo(Shop.PRICE);
        assertThat(out.path("balance_before").asLong()).isEqualTo(BALANCE);
        assertThat(out.path("balance_after").asLong()).isEqualTo(BALANCE - Shop.PRICE);
        assertThat(out.path("reference").asString()).startsWith("TRX-");
        assertThat(out.path("description").asString()).contains("Pembelian", Shop.PRODUCT, "one");
        JsonNode in = lines.get(1);
        assertThat(in.path("type").asString()).isEqualTo("DEBIT");
        assertThat(in.path("amount").asLong()).isEqualTo(BALANCE);
        assertThat(all("/api/v1/mutations?to=2020-01-01")).isEmpty();
    }

    @Test
    void tellsASuspendedMemberOnlyWhatBecameOfTheirOrders() {
        String phone = Shop.phone();
        partner.order("before", Shop.PRODUCT, phone);
        String id = ended("before").path("trx_id").asString();
        CurrentTenant.run(
                buyer.tenant().id(), () -> members.setState(buyer.id(), Member.State.SUSPENDED, Actor.OPERATOR));
        await().atMost(Duration.ofSeconds(5))
                .until(() -> partner.get("/api/v1/balance").status() == 403);

        assertThat(partner.get("/api/v1/transactions?ref_id=before").status()).isEqualTo(200);
        assertThat(partner.get("/api/v1/transactions/" + id).status()).isEqualTo(200);
        assertThat(partner.order("before", Shop.PRODUCT, phone).status()).isEqualTo(200);
        for (String path :
                List.of("/api/v1/balance", "/api/v1/products", "/api/v1/mutations", "/api/v1/transactions")) {
            assertThat(partner.get(path).errorCode()).isEqualTo("MEMBER_SUSPENDED");
        }
        Answer refused = partner.order("after", Shop.PRODUCT, Shop.phone());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.errorCode()).isEqualTo("MEMBER_SUSPENDED");
        assertThat(balance()).isEqualTo(BALANCE - Shop.PRICE);
    }

    @Test
    void countsOrdersAndReadsOfAKeyApart() {
        ApiKey slow = CurrentTenant.call(
                buyer.tenant().id(),
                () -> apiKeys.issue(buyer.id(), "slow", Set.of(), new ApiKeys.Rates(1, 2), Actor.OPERATOR));
        PartnerClient client = new PartnerClient(port, slow);
        Answer first = client.get("/api/v1/balance");
        assertThat(first.header("RateLimit-Limit")).isEqualTo("2");
        assertThat(first.header("RateLimit-Remaining")).isEqualTo("1");
        assertThat(Long.parseLong(first.header("RateLimit-Reset"))).isBetween(1L, 60L);
        client.get("/api/v1/balance");
        Answer limited = client.get("/api/v1/balance");
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.errorCode()).isEqualTo("RATE_LIMITED");
        assertThat(Long.parseLong(limited.header("Retry-After"))).isBetween(1L, 60L);

        assertThat(client.order("r-1", Shop.PRODUCT, Shop.phone()).status()).isEqualTo(200);
        assertThat(client.order("r-2", Shop.PRODUCT, Shop.phone()).status()).isEqualTo(429);
        assertThat(balance()).isEqualTo(BALANCE - Shop.PRICE);
    }

    @Test
    void locksWrongSignaturesButNotTheKeyItself() {
        PartnerClient guessing = new PartnerClient(port, key.key(), "a guess");
        for (int attempt = 0; attempt < 10; attempt++) {
            assertThat(guessing.get("/api/v1/balance").errorCode()).isEqualTo("SIGNATURE_INVALID");
        }
        Answer locked = guessing.get("/api/v1/balance");
        assertThat(locked.status()).isEqualTo(429);
        assertThat(locked.errorCode()).isEqualTo("SIGNATURE_LOCKED");
        assertThat(locked.header("Retry-After")).isNotEmpty();
        // The right secret is locked out too from that address, so that the lock tells nothing about a guess …
        assertThat(partner.get("/api/v1/balance").errorCode()).isEqualTo("SIGNATURE_LOCKED");
        // … but the partner's other key works from there, and this one from anywhere else.
        assertThat(new PartnerClient(port, shop.key(buyer))
                        .get("/api/v1/balance")
                        .status())
                .isEqualTo(200);
        assertThat(fromOtherAddress("/api/v1/balance")).startsWith("HTTP/1.1 200");
    }

    @Test
    void takesACallOnlyFromTheKeysAddresses() {
        assertThat(withAddresses("203.0.113.7").errorCode()).isEqualTo("ADDRESS_NOT_ALLOWED");
        assertThat(withAddresses("203.0.113.7").status()).isEqualTo(403);
        assertThat(withAddresses("127.0.0.1").status()).isEqualTo(200);
    }

    @Test
    void refusesASignatureThatWasMadeForAnotherCall() {
        Map<String, String> forBalance = partner.signed("GET", "/api/v1/balance", new byte[0], Instant.now());
        assertThat(partner.send("GET", "/api/v1/products", new byte[0], forBalance)
                        .errorCode())
                .isEqualTo("SIGNATURE_INVALID");
        assertThat(partner.send("GET", "/api/v1/balance?limit=1", new byte[0], forBalance)
                        .errorCode())
                .isEqualTo("SIGNATURE_INVALID");
        assertThat(partner.send("GET", "/api/v1/balance", bytes("x"), forBalance)
                        .errorCode())
                .isEqualTo("SIGNATURE_INVALID");
        assertThat(partner.send("HEAD", "/api/v1/balance", new byte[0], forBalance)
                        .status())
                .isEqualTo(401);
        assertThat(partner.send("GET", "/api/v1/balance", new byte[0], forBalance)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void servesTheSameUnderTheTenantsPath() {
        String path = "/t/" + buyer.tenant().slug() + "/api/v1/balance";
        assertThat(partner.get(path).status()).isEqualTo(200);
    }

    /** Spellings that a router may take for the same path must not lead past the signature. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/%761/balance",
                "/%61pi/v1/balance",
                "/api/v1/%62alance",
                "/api/v1;a=b/balance",
                "/api;/v1/balance",
                "//api/v1/balance",
                "/api//v1/balance",
                "/api/./v1/balance",
                "/api/x/../v1/balance",
                "/api/v1/balance/",
                "/API/v1/balance",
                "/api/v1/callbacks/../balance",
                "/api/v1/callbacks/%2e%2e/balance"
            })
    void findsNoWayAroundTheSignature(String path) {
        String answer = RawHttp.send(port, "GET " + path + " HTTP/1.1", "Host: localhost", "Connection: close", "");
        assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("available").contains("\"error_code\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more"
            })
    void keepsTheTraceOfAnOrder(String traceparent) {
        assertThat(traceOf(traceparent)).isEqualTo(traceparent.substring(0, 55));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "nonsense"
            })
    void ignoresATraceThatIsNone(String traceparent) {
        assertThat(traceOf(traceparent)).isNull();
    }

    private @org.jspecify.annotations.Nullable String traceOf(String traceparent) {
        String body = """
                {"ref_id": "traced", "product_code": "S10", "destination": "%s"}""".formatted(Shop.phone());
        Answer placed = partner.order(bytes(body), Map.of("traceparent", traceparent));
        assertThat(placed.status()).isEqualTo(200);
        OrderId id = new OrderId(UUID.fromString(placed.data().path("trx_id").asString()));
        return CurrentTenant.call(buyer.tenant().id(), () -> orders.get(id).traceparent());
    }

    private Answer withAddresses(String address) {
        ApiKey bound = CurrentTenant.call(
                buyer.tenant().id(),
                () -> apiKeys.issue(buyer.id(), "bound", Set.of(address), new ApiKeys.Rates(100, 100), Actor.OPERATOR));
        return new PartnerClient(port, bound).get("/api/v1/balance");
    }

    /** Linux answers on all of 127/8, so a second address of the same machine is at hand. */
    private String fromOtherAddress(String path) {
        List<String> lines = new ArrayList<>(List.of("GET " + path + " HTTP/1.1", "Host: localhost"));
        partner.signed("GET", path, new byte[0], Instant.now())
                .forEach((name, value) -> lines.add(name + ": " + value));
        lines.addAll(List.of("Connection: close", ""));
        return RawHttp.sendFrom("127.0.0.2", port, lines.toArray(String[]::new));
    }

    private JsonNode ended(String reference) {
        return await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> partner.get("/api/v1/transactions?ref_id=" + reference)
                                .data(),
                        order -> !List.of("PENDING", "PROCESSING")
                                .contains(order.path("status").asString()));
    }

    private List<String> references(String path) {
        return all(path).stream().map(order -> order.path("ref_id").asString()).toList();
    }

    /** All pages of a list. */
    private List<JsonNode> all(String path) {
        List<JsonNode> items = new ArrayList<>();
        String next = path;
        for (int pages = 0; pages < 20; pages++) {
            Answer page = partner.get(next);
            assertThat(page.status()).as(page.raw().body()).isEqualTo(200);
            page.data().path("items").forEach(items::add);
            assertThat(page.data().has("next_cursor")).isTrue();
            if (page.data().path("next_cursor").isNull()) {
                return items;
            }
            next = path + (path.contains("?") ? "&" : "?") + "cursor="
                    + page.data().path("next_cursor").asString();
        }
        throw new AssertionError("the list does not end");
    }

    private long balance() {
        return CurrentTenant.call(
                buyer.tenant().id(), () -> ledger.wallet(buyer.wallet().id()).posted());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
