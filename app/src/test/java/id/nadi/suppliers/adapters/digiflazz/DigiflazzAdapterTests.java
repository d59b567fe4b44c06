package id.nadi.suppliers.adapters.digiflazz;

import static org.assertj.core.api.Assertions.assertThat;

import id.nadi.connect.Exchange;
import id.nadi.kernel.TenantId;
import id.nadi.orders.Outcome;
import id.nadi.orders.Outcome.Delivered;
import id.nadi.orders.Outcome.Pending;
import id.nadi.orders.Outcome.Reason;
import id.nadi.orders.Outcome.Rejected;
import id.nadi.orders.Outcome.Unknown;
import id.nadi.sandbox.digiflazz.ResponseCode;
import id.nadi.suppliers.Supplier;
import id.nadi.suppliers.SupplierAdapter.Message;
import id.nadi.suppliers.SupplierAdapter.Offer;
import id.nadi.suppliers.SupplierAdapter.Purchase;
import id.nadi.suppliers.SupplierAdapter.Request;
import id.nadi.suppliers.SupplierAdapter.Said;
import id.nadi.suppliers.SupplierId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How Digiflazz's protocol is spoken and read. Signatures were computed by other programs than ours. */
class DigiflazzAdapterTests {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration REPOLL_MIN = Duration.ofSeconds(65);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Purchase PURCHASE = new Purchase("some1d", "xld10", "087800001233", 1, 10_755);

    private final DigiflazzAdapter adapter = new DigiflazzAdapter(JSON, Clock.fixed(NOW, ZoneOffset.UTC), REPOLL_MIN);
    private final Supplier supplier = new Supplier(
            new SupplierId(new UUID(1, 1)),
            new TenantId(new UUID(1, 2)),
            "Digiflazz",
            "digiflazz",
            URI.create("https://api.example.test/v1"),
            Map.of("username", "username", "apiKey", "apikey-1", "webhookSecret", "rahasia"),
            "key",
            true);

    @Test
    void signsEachKindOfCallWithItsOwnSuffix() {
        // printf %s usernameapikey-1some1d | md5sum, and so on
        assertThat(sign(adapter.buy(supplier, PURCHASE))).isEqualTo("e879229cb52da93aeb685dc336027a24");
        assertThat(sign(adapter.balance(supplier))).isEqualTo("3e426a444d7c347ec2778d82f22e70cd");
        assertThat(sign(adapter.priceList(supplier))).isEqualTo("876dfe4fa8da7af8d9a0cdb30476a537");
    }

    @Test
    void namesItsSignatureAsASecretAndNeverSendsTheKey() {
        for (Request request :
                List.of(adapter.buy(supplier, PURCHASE), adapter.balance(supplier), adapter.priceList(supplier))) {
            assertThat(request.secrets()).containsExactly(sign(request));
            assertThat(new String(request.body(), StandardCharsets.UTF_8)).doesNotContain("apikey-1");
        }
    }

    @Test
    void asksForWhatIsBoughtWithTheHighestPriceThatIsAccepted() {
        JsonNode body = JSON.readTree(adapter.buy(supplier, PURCHASE).body());
        assertThat(body.get("ref_id").asString()).isEqualTo("some1d");
        assertThat(body.get("buyer_sku_code").asString()).isEqualTo("xld10");
        assertThat(body.get("customer_no").asString()).isEqualTo("087800001233");
        assertThat(body.get("max_price").asLong()).isEqualTo(10_755);
    }

    @Test
    void readsADeliveryWithItsProofAndItsPrice() {
        assertThat(buy("{'data':{'ref_id':'some1d','customer_no':'087800001233','status':'Sukses','rc':'00',"
                        + "'message':'Transaksi Sukses','sn':'1234/A','price':10700,'tele':'@x','neu':{'a':[1]}}}"))
                .isEqualTo(new Delivered("1234/A", 10_700L, null, "Transaksi Sukses"));
    }

    @ParameterizedTest
    @CsvSource({"'\"10700\"', 10700", "10700, 10700", "'\"0010700\"', 10700"})
    void takesAPriceAsANumberOrAsDigits(String price, long read) {
        assertThat(buy(delivered(price)))
                .isInstanceOfSatisfying(
                        Delivered.class,
                        delivered -> assertThat(delivered.cost()).isEqualTo(read));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "99999999999999999999999999",
                "1e400",
                "10700.5",
                "\"Rp 10.700\"",
                "null",
                "[10700]",
                "{\"a\":1}",
                "true",
                "\"\""
            })
    void aPriceThatIsNoWholeNumberIsNoPriceAndTheDeliveryStands(String price) {
        assertThat(buy(delivered(price)))
                .isInstanceOfSatisfying(
                        Delivered.class,
                        delivered -> assertThat(delivered.cost()).isNull());
    }

    /** The published table: code, meaning, reason, and whether a transaction exists once it was answered. */
    private static final String TABLE = """
            01 FAILED yes, 02 FAILED yes, 50 FAILED yes, 60 FAILED yes, 70 FAILED yes, 74 FAILED yes,
            51 DESTINATION_BLOCKED yes,
            52 DESTINATION_WRONG yes, 54 DESTINATION_WRONG yes, 57 DESTINATION_WRONG yes, 59 DESTINATION_WRONG yes,
            72 DESTINATION_WRONG yes,
            53 PRODUCT_UNAVAILABLE yes, 55 PRODUCT_UNAVAILABLE yes, 71 PRODUCT_UNAVAILABLE yes,
            58 SUPPLIER_UNAVAILABLE yes, 73 LIMIT_EXCEEDED yes, 84 LIMIT_EXCEEDED yes,
            40 REQUEST_REFUSED no, 41 REQUEST_REFUSED no, 42 REQUEST_REFUSED no, 45 REQUEST_REFUSED no,
            61 REQUEST_REFUSED no, 82 REQUEST_REFUSED no, 88 REQUEST_REFUSED no,
            43 PRODUCT_UNAVAILABLE no, 63 PRODUCT_UNAVAILABLE no, 44 SUPPLIER_BALANCE no,
            56 SUPPLIER_UNAVAILABLE no, 62 SUPPLIER_UNAVAILABLE no, 66 SUPPLIER_UNAVAILABLE no,
            67 SUPPLIER_UNAVAILABLE no, 80 SUPPLIER_UNAVAILABLE no, 81 SUPPLIER_UNAVAILABLE no,
            68 OUT_OF_STOCK no, 69 PRICE_CHANGED no, 64 LIMIT_EXCEEDED no, 65 LIMIT_EXCEEDED no,
            87 LIMIT_EXCEEDED no""";

    private static final List<String> UNCLEAR = List.of("47", "49", "83", "85", "86");

    record Failing(String code, Reason reason, boolean recorded) {}

    static Stream<Failing> failing() {
        return Arrays.stream(TABLE.strip().split(",\\s*", -1))
                .map(line -> line.split(" ", -1))
                .map(cells -> new Failing(cells[0], Reason.valueOf(cells[1]), cells[2].equals("yes")));
    }

    @Test
    void everyPublishedCodeIsInTheTablesOfTheseTests() {
        assertThat(Stream.of(failing().map(Failing::code), UNCLEAR.stream(), Stream.of("00", "03", "99"))
                        .flatMap(codes -> codes))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ResponseCode.values())
                        .map(ResponseCode::code)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("failing")
    void aFailingCodeRejectsAPurchaseWithItsReason(Failing failing) {
        assertThat(buy(answer(failing.code, "Gagal"))).isEqualTo(new Rejected(failing.reason, "m"));
    }

    @ParameterizedTest
    @MethodSource("failing")
    void aRefusalOfAQuestionSaysNothingAboutTheFirstTry(Failing failing) {
        Outcome checked = check(answer(failing.code, "Gagal"), 0);
        if (failing.recorded) {
            assertThat(checked).isEqualTo(new Rejected(failing.reason, "m"));
        } else {
            assertThat(checked)
                    .isInstanceOfSatisfying(
                            Unknown.class,
                            unknown -> assertThat(unknown.checkAt()).isNotNull());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"47", "49", "83", "85", "86"})
    void limitsOnAskingAndReferencesInUseDecideNothing(String code) {
        assertThat(buy(answer(code, "Gagal"))).isEqualTo(new Unknown("RC_" + code, NOW.plus(REPOLL_MIN)));
        assertThat(check(answer(code, "Gagal"), 0)).isEqualTo(new Unknown("RC_" + code, NOW.plus(REPOLL_MIN)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"03", "99"})
    void waitsForWhatIsPending(String code) {
        assertThat(buy(answer(code, "Pending"))).isEqualTo(new Pending(NOW.plus(REPOLL_MIN), null, "m"));
        assertThat(check(answer(code, "Pending"), 1))
                .isEqualTo(new Pending(NOW.plus(REPOLL_MIN.multipliedBy(2)), null, "m"));
    }

    @ParameterizedTest
    @CsvSource({
        "00, Gagal",
        "00, Pending",
        "03, Sukses",
        "03, Gagal",
        "02, Sukses",
        "02, Pending",
        "44, Sukses",
        "54, Apa",
        "00, ''",
        "02, ''"
    })
    void aCodeAndAStatusThatContradictEachOtherDecideNothing(String code, String status) {
        assertThat(buy(answer(code, status))).isInstanceOf(Unknown.class);
        assertThat(check(answer(code, status), 0)).isInstanceOf(Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({"00, Sukses", "02, Gagal", "03, Pending"})
    void anAnswerAboutSomethingElseDecidesNothing(String code, String status) {
        for (String other : List.of(
                answer(code, status).replace("some1d", "another"),
                answer(code, status).replace("087800001233", "087800001234"),
                answer(code, status).replace("'some1d'", "null"),
                answer(code, status).replace("'087800001233'", "['087800001233']"),
                "{'data':{'rc':'%s','status':'%s'}}".formatted(code, status))) {
            assertThat(buy(other)).as(other).isInstanceOf(Unknown.class);
            assertThat(check(other, 0)).as(other).isInstanceOf(Unknown.class);
        }
    }

    @Test
    void aRefusalWithoutATransactionMayLackItsReferenceButNotNameAnother() {
        assertThat(buy("{'data':{'rc':'41','status':'Gagal','message':'m'}}"))
                .isEqualTo(new Rejected(Reason.REQUEST_REFUSED, "m"));
        assertThat(buy(answer("44", "Gagal").replace("some1d", "another"))).isInstanceOf(Unknown.class);
        assertThat(buy(answer("44", "Gagal").replace("087800001233", "087800001234")))
                .isInstanceOf(Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "42",
                "'text'",
                "{}",
                "{'data':null}",
                "{'data':[]}",
                "{'data':[{'rc':'00','status':'Sukses','ref_id':'some1d','customer_no':'087800001233'}]}",
                "{'data':'00'}",
                "{'data':{}}",
                "{'data':{'rc':null,'ref_id':'some1d','customer_no':'087800001233','status':'Sukses'}}",
                "{'data':{'rc':['00'],'ref_id':'some1d','customer_no':'087800001233','status':'Sukses'}}",
                "{'data':{'rc':0,'ref_id':'some1d','customer_no':'087800001233','status':'Sukses'}}",
                "{'data':{'rc':'97','ref_id':'some1d','customer_no':'087800001233','status':'Gagal'}}",
                "{'data':{'rc':'','ref_id':'some1d','customer_no':'087800001233','status':'Gagal'}}",
                "{'data':{'rc':'\uD83D\uDE00','ref_id':'some1d','customer_no':'087800001233','status':'Gagal'}}",
                "{'data':{'rc':'0000000000000000000','ref_id':'some1d','status':'Sukses'}}",
                "{'data':{'rc':'00','ref_id':'some1d','customer_no':'08780000123",
                "<html><body>502 Bad Gateway</body></html>"
            })
    void whatCannotBeReadDecidesNothing(String body) {
        assertThat(buy(body))
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.checkAt()).isNotNull());
        assertThat(check(body, 0)).isInstanceOf(Unknown.class);
    }

    @Test
    void bytesThatAreNoTextAndDepthsWithoutEndDecideNothing() {
        byte[] noText = {(byte) 0xff, (byte) 0xfe, 0, (byte) 0xd8, 0x7b};
        assertThat(adapter.readBuy(PURCHASE, new Exchange.Answered(200, noText)))
                .isInstanceOf(Unknown.class);
        assertThat(buy("{'data':" + "[".repeat(50_000))).isInstanceOf(Unknown.class);
        assertThat(buy("{'data':{'rc':" + "9".repeat(50_000) + "}}")).isInstanceOf(Unknown.class);
    }

    @Test
    void onlyWhatNeverLeftIsAFailureWithoutAnAnswer() {
        assertThat(adapter.readBuy(PURCHASE, new Exchange.NotSent("refused")))
                .isEqualTo(new Rejected(Reason.NOT_SENT, "refused"));
        assertThat(adapter.readBuy(PURCHASE, new Exchange.Lost("closed")))
                .isEqualTo(new Unknown("NO_ANSWER", NOW.plus(REPOLL_MIN)));
        // A question that never left says nothing about the purchase that did.
        assertThat(adapter.readCheck(PURCHASE, new Exchange.NotSent("refused"), 0))
                .isEqualTo(new Unknown("CHECK_NOT_SENT", NOW.plus(REPOLL_MIN)));
        assertThat(adapter.readCheck(PURCHASE, new Exchange.Lost("closed"), 0))
                .isEqualTo(new Unknown("NO_ANSWER", NOW.plus(REPOLL_MIN)));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void aServerInTroubleDecidesNothingWhateverItsPageSays(int status) {
        byte[] body = bytes(answer("02", "Gagal"));
        assertThat(adapter.readBuy(PURCHASE, new Exchange.Answered(status, body)))
                .isEqualTo(new Unknown("HTTP_" + status, NOW.plus(REPOLL_MIN)));
        assertThat(adapter.readCheck(PURCHASE, new Exchange.Answered(status, body), 0))
                .isEqualTo(new Unknown("HTTP_" + status, NOW.plus(REPOLL_MIN)));
    }

    @Test
    void asksAgainUnderTheSameReferenceUntilItIsTooOldToBeAskedAbout() {
        Request check = adapter.check(supplier, PURCHASE, NOW.minus(Duration.ofDays(80)))
                .orElseThrow();
        assertThat(check.body()).isEqualTo(adapter.buy(supplier, PURCHASE).body());
        assertThat(adapter.check(
                        supplier, PURCHASE, NOW.minus(Duration.ofDays(80)).minusMillis(1)))
                .isEmpty();
    }

    @Test
    void asksHalfAsOftenEachTimeAndAtLeastEveryQuarterOfAnHour() {
        List<Duration> waits = Stream.of(0, 1, 2, 3, 4, 5, 1_000, Integer.MAX_VALUE)
                .map(tries -> (Unknown) adapter.readCheck(PURCHASE, new Exchange.Lost("closed"), tries))
                .map(unknown -> Duration.between(NOW, unknown.checkAt()))
                .toList();
        Duration longest = Duration.ofMinutes(15);
        assertThat(waits)
                .containsExactly(
                        REPOLL_MIN,
                        REPOLL_MIN.multipliedBy(2),
                        REPOLL_MIN.multipliedBy(4),
                        REPOLL_MIN.multipliedBy(8),
                        longest,
                        longest,
                        longest,
                        longest);
        assertThat(adapter.firstCheck(NOW)).contains(NOW.plus(REPOLL_MIN));
        assertThat(adapter.firstCheck(NOW.minus(Duration.ofDays(1)))).contains(NOW);
    }

    @Test
    void believesAMessageOnlyIfItsRawBytesAreSigned() {
        String body = "{\"data\":{\"ref_id\":\"some1d\",\"message\":\"caf\u00e9\"}}";
        // printf %s '…' | openssl dgst -sha1 -hmac rahasia
        String signature = "sha1=ef54821b10f433bb8ce4097dc508426eba16de04";
        assertThat(isGenuine(body, signature)).isTrue();
        assertThat(isGenuine(body + " ", signature)).isFalse();
        assertThat(isGenuine(body, signature.substring("sha1=".length()))).isFalse();
        assertThat(isGenuine(body, "sha1=")).isFalse();
        assertThat(adapter.isGenuine(supplier, new Message(Map.of(), bytes(body))))
                .isFalse();
    }

    @Test
    void aSupplierWithoutASecretBelievesNoMessage() {
        Supplier silent = new Supplier(
                supplier.id(),
                supplier.tenant(),
                supplier.name(),
                supplier.adapter(),
                supplier.baseUrl(),
                Map.of("username", "username", "apiKey", "apikey-1", "webhookSecret", ""),
                "key",
                true);
        // HMAC-SHA1 of "{}" under an empty key: what anybody can compute.
        Message forged =
                new Message(Map.of("x-hub-signature", "sha1=9b9585ab4f87eff122c8cd8e6fd94d358ed56f22"), bytes("{}"));
        assertThat(adapter.isGenuine(silent, forged)).isFalse();
    }

    @Test
    void readsWhatAMessageIsAboutAndWhereItWent() {
        assertThat(said(answer("00", "Sukses")))
                .isEqualTo(new Said.Of("some1d", "087800001233", new Delivered("", null, null, "m")));
        assertThat(said(answer("54", "Gagal")))
                .isEqualTo(new Said.Of("some1d", "087800001233", new Rejected(Reason.DESTINATION_WRONG, "m")));
        assertThat(said("{'data':{'ref_id':'some1d','rc':'00','status':'Gagal'}}"))
                .isInstanceOfSatisfying(
                        Said.Of.class, of -> assertThat(of.outcome()).isInstanceOf(Unknown.class));
        assertThat(said("{'sed':'x','hook_id':'1','hook':{}}")).isEqualTo(new Said.Ping());
        assertThat(said("{'data':{'rc':'00'}}")).isInstanceOf(Said.Unreadable.class);
        assertThat(said("{'data':[]}")).isInstanceOf(Said.Unreadable.class);
        assertThat(said("nothing")).isInstanceOf(Said.Unreadable.class);
    }

    @Test
    void readsABalanceInWholeRupiahAndNothingElse() {
        assertThat(balance("{'data':{'deposit':1234567}}")).contains(1_234_567L);
        assertThat(balance("{'data':{'deposit':'1234567'}}")).contains(1_234_567L);
        assertThat(balance("{'data':{'deposit':12.5}}")).isEmpty();
        assertThat(balance("{'data':{'rc':'41','message':'m'}}")).isEmpty();
        assertThat(balance("<html>")).isEmpty();
        assertThat(adapter.readBalance(new Exchange.Lost("closed"))).isEmpty();
    }

    @Test
    void readsThePriceListAndLeavesOutItemsWithoutACodeOrAPrice() {
        String good = "{'product_name':'XL 10.000','category':'Pulsa','brand':'XL','type':'Umum','price':10755,"
                + "'buyer_sku_code':'xld10','buyer_product_status':true,'seller_product_status':true,"
                + "'unlimited_stock':false,'stock':7,'multi':true,'start_cut_off':'23:30','end_cut_off':'00:30',"
                + "'desc':'d'}";
        String bare = "{'buyer_sku_code':'bare','price':'5000','start_cut_off':'24:00','end_cut_off':'x'}";
        List<Offer> offers = adapter.readPriceList(answered("{'data':[" + good + ",'text',null,[],{},"
                        + "{'buyer_sku_code':'a'},{'price':5},{'buyer_sku_code':'b','price':0},"
                        + "{'buyer_sku_code':'c','price':-5},{'buyer_sku_code':{},'price':5}," + bare + "]}"))
                .orElseThrow();
        assertThat(offers)
                .containsExactly(
                        new Offer(
                                "xld10",
                                "XL 10.000",
                                "Pulsa",
                                "XL",
                                "Umum",
                                10_755,
                                true,
                                7L,
                                true,
                                LocalTime.of(23, 30),
                                LocalTime.of(0, 30),
                                "d"),
                        new Offer("bare", "", "", "", "", 5_000, false, null, false, null, null, ""));
    }

    @Test
    void anErrorIsNoEmptyPriceList() {
        assertThat(adapter.readPriceList(answered("{'data':{'rc':'83','message':'m'}}")))
                .isEmpty();
        assertThat(adapter.readPriceList(answered("{'data':[]"))).isEmpty();
        assertThat(adapter.readPriceList(new Exchange.Lost("closed"))).isEmpty();
    }

    private Outcome buy(String body) {
        return adapter.readBuy(PURCHASE, answered(body));
    }

    private Outcome check(String body, int tries) {
        return adapter.readCheck(PURCHASE, answered(body), tries);
    }

    private Said said(String body) {
        return adapter.read(new Message(Map.of(), bytes(body)));
    }

    private java.util.Optional<Long> balance(String body) {
        return adapter.readBalance(answered(body));
    }

    private boolean isGenuine(String body, String signature) {
        return adapter.isGenuine(supplier, new Message(Map.of("x-hub-signature", signature), bytes(body)));
    }

    private static String sign(Request request) {
        return JSON.readTree(request.body()).get("sign").asString();
    }

    private static String answer(String code, String status) {
        return "{'data':{'ref_id':'some1d','customer_no':'087800001233','rc':'%s','status':'%s','message':'m'}}"
                .formatted(code, status);
    }

    private static String delivered(String price) {
        return "{'data':{'ref_id':'some1d','customer_no':'087800001233','rc':'00','status':'Sukses','sn':'1',"
                + "'price':" + price + "}}";
    }

    private static Exchange answered(String body) {
        return new Exchange.Answered(200, bytes(body));
    }

    /** Single quotes stand for double ones, so that JSON can be read in Java. */
    private static byte[] bytes(String body) {
        return body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
