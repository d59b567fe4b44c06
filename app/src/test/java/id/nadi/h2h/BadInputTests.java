package id.nadi.h2h;

import static org.assertj.core.api.Assertions.assertThat;

import id.nadi.identity.ApiKey;
import id.nadi.kernel.ErrorCode;
import id.nadi.ledger.Ledger;
import id.nadi.orders.OrderFilter;
import id.nadi.orders.Orders;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.testing.FakeFulfilment;
import id.nadi.testing.IntegrationTest;
import id.nadi.testing.PartnerClient;
import id.nadi.testing.PartnerClient.Answer;
import id.nadi.testing.Shop;
import id.nadi.testing.Shop.Buyer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What is wrong is refused by its own code; nothing is charged, nothing is kept, nothing reaches a supplier. */
@IntegrationTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTests {
    private static final long BALANCE = 100_000;
    private static final String GOOD = """
            {"ref_id": "r-1", "product_code": "S10", "destination": "081200000001"}""";

    @LocalServerPort
    int port;

    @Autowired
    Shop shop;

    @Autowired
    Orders orders;

    @Autowired
    Ledger ledger;

    @Autowired
    FakeFulfilment supplier;

    private Buyer buyer;
    private ApiKey key;
    private PartnerClient partner;

    /** Once for all: nothing that happens here may leave a trace. */
    @BeforeAll
    void openShop() {
        buyer = shop.buyer(shop.open(), BALANCE);
        key = shop.key(buyer);
        partner = new PartnerClient(port, key);
    }

    @Test
    void takesTheBodyThatTheOthersAreBentFrom() {
        PartnerClient another = new PartnerClient(port, shop.key(shop.buyer(shop.open(), BALANCE)));
        assertThat(another.order(GOOD).status()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("bodies")
    void refusesTheBody(ErrorCode code, String body, String named) {
        Answer answer = partner.order(body);
        assertRefused(answer, code);
        assertThat(answer.body().path("message").asString()).contains(named);
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                // Values
                bad(ErrorCode.PRODUCT_UNKNOWN, with("product_code", "\"NOSUCH\""), "NOSUCH"),
                bad(ErrorCode.PRODUCT_UNKNOWN, with("product_code", "\"produk-é\""), "produk-é"),
                bad(ErrorCode.PRODUCT_CLOSED, with("product_code", "\"CLOSED\""), "CLOSED"),
                bad(ErrorCode.DESTINATION_INVALID, with("destination", "\"12\""), "12"),
                bad(ErrorCode.DESTINATION_INVALID, with("destination", "\"not a number\""), "not a number"),
                bad(ErrorCode.DESTINATION_INVALID, with("destination", "\"０８１２００００００１\""), ""),
                bad(ErrorCode.DESTINATION_INVALID, with("destination", "\"   \""), ""),
                bad(ErrorCode.DESTINATION_PREFIX_MISMATCH, with("destination", "\"081700000001\""), "XL"),
                bad(ErrorCode.DESTINATION_PREFIX_MISMATCH, with("destination", "\"+6281700000001\""), "XL"),
                bad(ErrorCode.QUANTITY_INVALID, with("qty", "0"), "5"),
                bad(ErrorCode.QUANTITY_INVALID, with("qty", "-1"), "5"),
                bad(ErrorCode.QUANTITY_INVALID, with("qty", "6"), "5"),
                bad(ErrorCode.QUANTITY_INVALID, with("qty", "1.5"), "5"),
                bad(ErrorCode.QUANTITY_INVALID, with("qty", "1e-9"), "5"),
                bad(ErrorCode.QUANTITY_INVALID, with("qty", "4294967297"), "5"),
                bad(ErrorCode.QUANTITY_INVALID, with("qty", "99999999999999999999999999"), "5"),
                bad(ErrorCode.QUANTITY_INVALID, with("qty", "1e999999999"), "5"),
                bad(ErrorCode.FIELD_INVALID, with("qty", "\"1\""), "qty"),
                bad(ErrorCode.FIELD_INVALID, with("qty", "\"\""), "qty"),
                bad(ErrorCode.FIELD_INVALID, with("qty", "true"), "qty"),
                bad(ErrorCode.FIELD_INVALID, with("qty", "[1]"), "qty"),
                bad(ErrorCode.FIELD_INVALID, with("qty", "{}"), "qty"),
                bad(ErrorCode.BODY_MALFORMED, with("qty", "1".repeat(500)), ""),
                bad(ErrorCode.BODY_MALFORMED, with("qty", "NaN"), ""),
                bad(ErrorCode.BODY_MALFORMED, with("qty", "01"), ""),
                bad(ErrorCode.SEQUENCE_INVALID, with("sequence", "0"), "99"),
                bad(ErrorCode.SEQUENCE_INVALID, with("sequence", "100"), "99"),
                bad(ErrorCode.SEQUENCE_INVALID, with("sequence", "2.5"), "99"),
                bad(ErrorCode.FIELD_INVALID, with("sequence", "\"2\""), "sequence"),
                bad(ErrorCode.PRICE_ABOVE_MAX, with("max_price", "10499"), "Rp10.499"),
                bad(ErrorCode.FIELD_INVALID, with("max_price", "0"), "max_price"),
                bad(ErrorCode.FIELD_INVALID, with("max_price", "-5"), "max_price"),
                bad(ErrorCode.FIELD_INVALID, with("max_price", "20000.5"), "max_price"),
                bad(ErrorCode.FIELD_INVALID, with("max_price", "\"20000\""), "max_price"),
                bad(ErrorCode.FIELD_INVALID, with("max_price", "99999999999999999999"), "max_price"),
                // Texts
                bad(ErrorCode.FIELD_INVALID, with("ref_id", "\"\""), "ref_id"),
                bad(ErrorCode.FIELD_INVALID, with("ref_id", "\" \""), "ref_id"),
                bad(ErrorCode.FIELD_INVALID, with("ref_id", "\"é\""), "ref_id"),
                bad(ErrorCode.FIELD_INVALID, with("ref_id", "\"a\\u0000b\""), "ref_id"),
                bad(ErrorCode.FIELD_INVALID, with("ref_id", "\"a\\nb\""), "ref_id"),
                bad(ErrorCode.FIELD_INVALID, with("ref_id", "\"\\ud83d\""), "ref_id"),
                bad(ErrorCode.FIELD_INVALID, with("ref_id", "\"😀\""), "ref_id"),
                bad(ErrorCode.FIELD_INVALID, with("ref_id", "\"" + "r".repeat(65) + "\""), "ref_id"),
                bad(ErrorCode.FIELD_INVALID, with("ref_id", "7"), "ref_id"),
                bad(ErrorCode.FIELD_INVALID, with("ref_id", "null"), "ref_id"),
                bad(ErrorCode.FIELD_INVALID, with("product_code", "\"\""), "product_code"),
                bad(ErrorCode.FIELD_INVALID, with("product_code", "\"S10\\u0000\""), "product_code"),
                bad(ErrorCode.FIELD_INVALID, with("product_code", "\"S\\u202e10\""), "product_code"),
                bad(ErrorCode.FIELD_INVALID, with("product_code", "\"" + "P".repeat(65) + "\""), "product_code"),
                bad(ErrorCode.FIELD_INVALID, with("product_code", "10"), "product_code"),
                bad(ErrorCode.FIELD_INVALID, with("product_code", "[\"S10\"]"), "product_code"),
                bad(ErrorCode.FIELD_INVALID, with("destination", "\"\""), "destination"),
                bad(ErrorCode.FIELD_INVALID, with("destination", "\"0812\\u000000001\""), "destination"),
                bad(ErrorCode.FIELD_INVALID, with("destination", "\"081200000001\\n\""), "destination"),
                bad(ErrorCode.FIELD_INVALID, with("destination", "\"\\u200b081200000001\""), "destination"),
                bad(ErrorCode.FIELD_INVALID, with("destination", "\"" + "0".repeat(101) + "\""), "destination"),
                bad(ErrorCode.FIELD_INVALID, with("destination", "81200000001"), "destination"),
                // Fields
                bad(
                        ErrorCode.FIELD_INVALID,
                        "{\"product_code\": \"S10\", \"destination\": \"081200000001\"}",
                        "ref_id"),
                bad(
                        ErrorCode.FIELD_INVALID,
                        "{\"ref_id\": \"r-1\", \"destination\": \"081200000001\"}",
                        "product_code"),
                bad(ErrorCode.FIELD_INVALID, "{\"ref_id\": \"r-1\", \"product_code\": \"S10\"}", "destination"),
                bad(ErrorCode.FIELD_INVALID, "{}", "ref_id"),
                bad(ErrorCode.FIELD_INVALID, with("price", "1"), "price"),
                bad(ErrorCode.FIELD_INVALID, with("member", "\"another\""), "member"),
                bad(ErrorCode.FIELD_INVALID, with("bad\\u0007name", "1"), "bad\uFFFDname"),
                bad(ErrorCode.FIELD_INVALID, with("x".repeat(5_000), "1"), "x".repeat(64) + "…"),
                // JSON
                bad(ErrorCode.BODY_MALFORMED, "", ""),
                bad(ErrorCode.BODY_MALFORMED, " ", ""),
                bad(ErrorCode.BODY_MALFORMED, "null", ""),
                bad(ErrorCode.BODY_MALFORMED, "[]", ""),
                bad(ErrorCode.BODY_MALFORMED, "\"text\"", ""),
                bad(ErrorCode.BODY_MALFORMED, "7", ""),
                bad(ErrorCode.BODY_MALFORMED, "{", ""),
                bad(ErrorCode.BODY_MALFORMED, GOOD + "}", ""),
                bad(ErrorCode.BODY_MALFORMED, GOOD + GOOD, ""),
                bad(ErrorCode.BODY_MALFORMED, GOOD.replace("\"ref_id\"", "ref_id"), ""),
                bad(ErrorCode.BODY_MALFORMED, GOOD.replace('"', '\''), ""),
                bad(ErrorCode.BODY_MALFORMED, GOOD.replace("}", ",}"), ""),
                bad(ErrorCode.BODY_MALFORMED, GOOD + "// note", ""),
                bad(ErrorCode.BODY_MALFORMED, GOOD.replace("r-1", "r\u0000-1"), ""),
                bad(ErrorCode.BODY_MALFORMED, GOOD.replace("r-1", "r\n-1"), ""),
                bad(ErrorCode.BODY_MALFORMED, "\uFEFF" + GOOD, ""),
                bad(ErrorCode.BODY_MALFORMED, with("destination", "\"081200000002\""), "", true),
                bad(ErrorCode.BODY_MALFORMED, with("ref_id", "\"r-2\""), "", true),
                bad(ErrorCode.BODY_MALFORMED, "[".repeat(50_000), ""),
                bad(ErrorCode.BODY_MALFORMED, "{\"a\":".repeat(5_000), ""));
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, CONTENT_TYPE_UNSUPPORTED",
        "application/x-www-form-urlencoded, CONTENT_TYPE_UNSUPPORTED",
        "multipart/form-data, CONTENT_TYPE_UNSUPPORTED",
        "application/xml, CONTENT_TYPE_UNSUPPORTED",
        "application/vnd.api+json, CONTENT_TYPE_UNSUPPORTED",
        "nonsense, CONTENT_TYPE_UNSUPPORTED",
        "application/json;charset=ISO-8859-1, CONTENT_TYPE_UNSUPPORTED",
        "application/json;charset=UTF-16, CONTENT_TYPE_UNSUPPORTED",
        "application/json;charset=nonsense, CONTENT_TYPE_UNSUPPORTED",
        "'', CONTENT_TYPE_UNSUPPORTED"
    })
    void refusesTheContentType(String type, ErrorCode code) {
        assertRefused(partner.order(bytes(GOOD), Map.of("Content-Type", type)), code);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] latin = GOOD.replace("S10", "é").getBytes(StandardCharsets.ISO_8859_1);
        assertRefused(partner.order(latin, Map.of()), ErrorCode.BODY_MALFORMED);
        assertRefused(partner.order(GOOD.getBytes(StandardCharsets.UTF_16), Map.of()), ErrorCode.BODY_MALFORMED);
        assertRefused(partner.order(GOOD.getBytes(StandardCharsets.UTF_16LE), Map.of()), ErrorCode.BODY_MALFORMED);
    }

    @Test
    void refusesABodyThatIsTooLargeWhoeverSendsIt() {
        String large = GOOD + " ".repeat(262_145);
        assertRefused(partner.order(large), ErrorCode.BODY_TOO_LARGE);
        assertRefused(
                partner.send("POST", PartnerClient.TRANSACTIONS, bytes(large), Map.of()), ErrorCode.BODY_TOO_LARGE);
    }

    @ParameterizedTest
    @CsvSource({"application/xml", "text/html", "image/png;q=0.5", "nonsense"})
    void refusesToAnswerInAnotherForm(String accept) {
        assertRefused(partner.order(bytes(GOOD), Map.of("Accept", accept)), ErrorCode.NOT_ACCEPTABLE);
    }

    @ParameterizedTest
    @CsvSource({"PUT", "PATCH", "DELETE", "POST", "BREW"})
    void refusesTheMethod(String method) {
        String path = method.equals("POST") ? "/api/v1/balance" : PartnerClient.TRANSACTIONS;
        Answer answer = partner.send(method, path, new byte[0], signed(method, path));
        assertRefused(answer, ErrorCode.METHOD_NOT_ALLOWED);
        assertThat(answer.header("Allow")).isNotEmpty();
    }

    @Test
    void refusesWhoeverCannotSign() {
        Map<String, String> good = partner.signed("POST", PartnerClient.TRANSACTIONS, bytes(GOOD), Instant.now());
        assertRefused(order(good, "X-Api-Key", ""), ErrorCode.API_KEY_MISSING);
        assertRefused(order(good, "X-Api-Key", "nk_unknown"), ErrorCode.API_KEY_UNKNOWN);
        assertRefused(order(good, "X-Api-Key", key.key() + "' OR 1=1"), ErrorCode.API_KEY_UNKNOWN);
        assertRefused(order(good, "X-Api-Key", "k".repeat(2_000)), ErrorCode.API_KEY_UNKNOWN);
        assertRefused(order(good, "X-Timestamp", ""), ErrorCode.TIMESTAMP_INVALID);
        assertRefused(order(good, "X-Timestamp", "yesterday"), ErrorCode.TIMESTAMP_INVALID);
        assertRefused(order(good, "X-Timestamp", "-1"), ErrorCode.TIMESTAMP_INVALID);
        assertRefused(order(good, "X-Timestamp", "9".repeat(30)), ErrorCode.TIMESTAMP_INVALID);
        assertRefused(order(good, "X-Signature", ""), ErrorCode.SIGNATURE_INVALID);
        assertRefused(order(good, "X-Signature", "0".repeat(64)), ErrorCode.SIGNATURE_INVALID);
        assertRefused(
                order(good, "X-Signature", good.getOrDefault("X-Signature", "").toUpperCase(java.util.Locale.ROOT)),
                ErrorCode.SIGNATURE_INVALID);
        assertRefused(
                order(partner.signed("POST", PartnerClient.TRANSACTIONS, bytes(GOOD + " "), Instant.now()), "A", "b"),
                ErrorCode.SIGNATURE_INVALID);
    }

    @Test
    void refusesASignatureThatIsTooOldOrFromTheFuture() {
        for (long seconds : new long[] {-310, 310}) {
            Instant at = Instant.now().plusSeconds(seconds);
            Answer answer = order(partner.signed("POST", PartnerClient.TRANSACTIONS, bytes(GOOD), at), "A", "b");
            assertRefused(answer, ErrorCode.TIMESTAMP_INVALID);
            assertThat(answer.body().path("message").asString()).contains("300");
        }
        for (long seconds : new long[] {-290, 290}) {
            Instant at = Instant.now().plusSeconds(seconds);
            Map<String, String> headers = partner.signed("GET", "/api/v1/balance", new byte[0], at);
            assertThat(partner.send("GET", "/api/v1/balance", new byte[0], headers)
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/nothing, NOT_FOUND",
        "/api/v1, NOT_FOUND",
        "/api/v1/transactions/nothing, NOT_FOUND",
        "/api/v1/transactions/01234567-89ab-7def-8123-456789abcdef, NOT_FOUND",
        "/api/v1/transactions/1-1-1-1-1, NOT_FOUND",
        "/api/v1/transactions/TRX-20261121-0Q8ZK3M9R2XT, NOT_FOUND",
        "/api/v1/transactions/TRX-20261399-0Q8ZK3M9R2XT, NOT_FOUND",
        "/api/v1/transactions/TRX-20261121-ZZZZZZZZZZZZ, NOT_FOUND",
        "/api/v1/transactions/%F0%9F%98%80, NOT_FOUND",
        "/api/v1/transactions?ref_id=unknown, NOT_FOUND",
        "/api/v1/transactions?ref_id=, PARAMETER_INVALID",
        "/api/v1/transactions?ref_id=%C3%A9, PARAMETER_INVALID",
        "/api/v1/transactions?ref_id=a%00b, PARAMETER_INVALID",
        "/api/v1/transactions?ref_id=a&ref_id=b, PARAMETER_INVALID",
        "/api/v1/transactions?from=yesterday, PARAMETER_INVALID",
        "/api/v1/transactions?from=, PARAMETER_INVALID",
        "/api/v1/transactions?from=2026-13-01, PARAMETER_INVALID",
        "/api/v1/transactions?from=2026-02-30, PARAMETER_INVALID",
        "/api/v1/transactions?from=2026-11-21T00:00:00, PARAMETER_INVALID",
        "/api/v1/transactions?from=%2B999999999-12-31T00:00:00Z, PARAMETER_INVALID",
        "/api/v1/transactions?to=0001-01-01, PARAMETER_INVALID",
        "/api/v1/transactions?from=2026-11-22&to=2026-11-20, PARAMETER_INVALID",
        "/api/v1/transactions?status=DONE, PARAMETER_INVALID",
        "/api/v1/transactions?status=, PARAMETER_INVALID",
        "/api/v1/transactions?limit=0, PARAMETER_INVALID",
        "/api/v1/transactions?limit=201, PARAMETER_INVALID",
        "/api/v1/transactions?limit=-1, PARAMETER_INVALID",
        "/api/v1/transactions?limit=1.5, PARAMETER_INVALID",
        "/api/v1/transactions?limit=99999999999, PARAMETER_INVALID",
        "/api/v1/transactions?limit=, PARAMETER_INVALID",
        "/api/v1/transactions?limit=1&limit=2, PARAMETER_INVALID",
        "/api/v1/transactions?cursor=nonsense, PARAMETER_INVALID",
        "/api/v1/transactions?cursor=, PARAMETER_INVALID",
        "/api/v1/transactions?cursor=%00, PARAMETER_INVALID",
        "/api/v1/transactions?cursor=AAAAAAAAAAA, PARAMETER_INVALID",
        "/api/v1/products?cursor=AAAAAAAAAAAAAAAAAAAAAA, PARAMETER_INVALID",
        "/api/v1/products?cursor=nonsense, PARAMETER_INVALID",
        "/api/v1/products?changed_since=nonsense, PARAMETER_INVALID",
        "/api/v1/products?limit=1000, PARAMETER_INVALID",
        "/api/v1/mutations?cursor=AAAAAAAAAAAAAAAAAAAAAA, PARAMETER_INVALID",
        "/api/v1/mutations?from=2026-11-22&to=2026-11-20, PARAMETER_INVALID",
        "/api/v1/mutations?limit=x, PARAMETER_INVALID"
    })
    void refusesTheQuery(String path, ErrorCode code) {
        assertRefused(partner.get(path), code);
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/products?category=%00", "/api/v1/transactions?unknown=%C3%28"})
    void bearsWhatDoesNotMatter(String path) {
        assertThat(partner.get(path).status()).isIn(200, 400);
    }

    private Answer order(Map<String, String> headers, String changed, String value) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        all.put(changed, value);
        return partner.send("POST", PartnerClient.TRANSACTIONS, bytes(GOOD), all);
    }

    private Map<String, String> signed(String method, String path) {
        return partner.signed(method, path, new byte[0], Instant.now());
    }

    private void assertRefused(Answer answer, ErrorCode code) {
        assertThat(answer.errorCode()).as(answer.raw().body()).isEqualTo(code.name());
        assertThat(answer.status()).isEqualTo(code.httpStatus());
        assertThat(answer.body().path("code").asInt()).isEqualTo(code.httpStatus());
        assertThat(answer.body().path("status").asString()).isEqualTo("error");
        assertThat(answer.body().path("message").asString()).isNotBlank();
        assertThat(answer.body().has("data")).isFalse();
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        CurrentTenant.run(buyer.tenant().id(), () -> {
            assertThat(ledger.wallet(buyer.wallet().id()).posted()).isEqualTo(BALANCE);
            assertThat(orders.list(new OrderFilter(buyer.id(), null, null, null), 10, null)
                            .items())
                    .isEmpty();
        });
        assertThat(supplier.callsFor(buyer.id())).isZero();
    }

    private static Arguments bad(ErrorCode code, String body, String named) {
        return Arguments.of(code, body, named);
    }

    /** The field stands twice: as it should be and as it was bent. */
    private static Arguments bad(ErrorCode code, String body, String named, boolean twice) {
        assertThat(twice).isTrue();
        return Arguments.of(code, GOOD.substring(0, GOOD.length() - 1) + "," + body.substring(1), named);
    }

    /** The good body with one field bent or added. */
    private static String with(String field, String json) {
        Map<String, String> fields = new java.util.LinkedHashMap<>();
        fields.put("ref_id", "\"r-1\"");
        fields.put("product_code", "\"S10\"");
        fields.put("destination", "\"081200000001\"");
        fields.put(field, json);
        return fields.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\": " + entry.getValue())
                .collect(java.util.stream.Collectors.joining(", ", "{", "}"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
