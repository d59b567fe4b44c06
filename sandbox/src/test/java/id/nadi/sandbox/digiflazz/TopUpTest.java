package id.nadi.sandbox.digiflazz;

import static id.nadi.sandbox.Eventually.eventually;
import static id.nadi.sandbox.digiflazz.World.name;
import static id.nadi.sandbox.digiflazz.World.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import id.nadi.sandbox.Http.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TopUpTest {
    private static final long RICH = 100_000_000;

    private World world;

    @BeforeAll
    void start() throws IOException {
        world = new World();
    }

    @AfterAll
    void stop() throws IOException {
        world.close();
    }

    @Test
    void buysAndTakesThePriceFromTheBalance() throws IOException {
        Buyer buyer = world.buyer(100_000);
        String number = number();

        Answer answer = buyer.topUp("R1", "tsel10", number);

        long price = world.price("tsel10");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.data().path("ref_id").asString()).isEqualTo("R1");
        assertThat(answer.data().path("customer_no").asString()).isEqualTo(number);
        assertThat(answer.data().path("buyer_sku_code").asString()).isEqualTo("tsel10");
        assertThat(answer.data().path("status").asString()).isEqualTo("Sukses");
        assertThat(answer.data().path("message").asString()).isEqualTo("Transaksi Sukses");
        assertThat(answer.rc()).isEqualTo("00");
        assertThat(answer.data().path("sn").asString()).matches("\\d{16,20}");
        assertThat(answer.data().path("price").asLong()).isEqualTo(price);
        assertThat(answer.data().path("buyer_last_saldo").asLong()).isEqualTo(100_000 - price);
        assertThat(buyer.saldo()).isEqualTo(100_000 - price);
    }

    @Test
    void givesSerialNumbersInTheShapeOfTheirProduct() throws IOException {
        Buyer buyer = world.buyer(RICH);

        assertThat(sn(buyer.topUp(name("ref"), "pln20", "12345678901")))
                .matches("(\\d{4}-){4}\\d{4}/[A-Z ]+/R[12]/\\d+VA/\\d+\\.\\d{2}");
        assertThat(sn(buyer.topUp(name("ref"), "dana50", number()))).matches("[A-Z]+/\\d{20}");
        assertThat(sn(buyer.topUp(name("ref"), "gplay50", number()))).matches("([A-Z0-9]{4}-){3}[A-Z0-9]{4}");
        assertThat(sn(buyer.topUp(name("ref"), "ml86", "123456789(2345)"))).matches("[A-Z]+\\.[A-Z]+/[A-Z0-9]{16}");
    }

    private static String sn(Answer answer) {
        assertThat(answer.rc()).isEqualTo("00");
        return answer.data().path("sn").asString();
    }

    @Test
    void answersAKnownReferenceWithItsStatusAndBuysNothing() throws IOException {
        Buyer buyer = world.buyer(RICH);
        String refId = name("ref");
        String number = number();
        Answer first = buyer.topUp(refId, "tsel5", number);
        long saldo = buyer.saldo();

        world.clock.advance(Duration.ofMinutes(2));
        Answer again = buyer.topUp(refId, "tsel5", number);

        assertThat(again).isEqualTo(first);
        assertThat(buyer.saldo()).isEqualTo(saldo);
        assertThat(world.control.deliveries(refId)).singleElement().satisfies(delivery -> {
            assertThat(delivery.deliveries()).isEqualTo(1);
            assertThat(delivery.purchaseCalls()).isEqualTo(2);
        });
    }

    @Test
    void turnsAwayWhoAsksAgainWithinAMinuteWith85() throws IOException {
        Buyer buyer = world.buyer(RICH);
        String refId = name("ref");
        String number = number();
        buyer.topUp(refId, "tsel5", number);
        long saldo = buyer.saldo();

        world.clock.advance(Duration.ofSeconds(40));
        Answer tooSoon = buyer.topUp(refId, "tsel5", number);
        world.clock.advance(Duration.ofSeconds(21));
        Answer inTime = buyer.topUp(refId, "tsel5", number);
        Answer tooSoonAgain = buyer.topUp(refId, "tsel5", number);

        assertThat(tooSoon.rc()).isEqualTo("85");
        assertThat(tooSoon.status()).isEqualTo(200);
        assertThat(tooSoon.data().path("ref_id").asString()).isEqualTo(refId);
        assertThat(tooSoon.data().path("status").asString()).isEqualTo("Gagal");
        assertThat(tooSoon.data().path("message").asString()).contains("1 menit lagi");
        assertThat(tooSoon.data().has("sn")).isFalse();
        assertThat(inTime.rc())
                .as("being turned away does not start the minute anew")
                .isEqualTo("00");
        assertThat(tooSoonAgain.rc()).isEqualTo("85");
        assertThat(buyer.saldo()).isEqualTo(saldo);
        assertThat(world.control.deliveries(refId).getFirst().status()).isEqualTo("Sukses");
    }

    @Test
    void refusesAKnownReferenceForSomethingElseWith49() throws IOException {
        Buyer buyer = world.buyer(RICH);
        String refId = name("ref");
        String number = number();
        buyer.topUp(refId, "tsel5", number);
        long saldo = buyer.saldo();
        world.clock.advance(Duration.ofMinutes(2));

        for (Answer other : List.of(
                buyer.topUp(refId, "tsel10", number),
                buyer.topUp(refId, "tsel5", number()),
                buyer.bill("inq-pasca", refId, "pln", "531234567890"),
                buyer.bill("pay-pasca", refId, "pln", "531234567890"),
                buyer.bill("status-pasca", refId, "pln", "531234567890"))) {
            assertThat(other.rc()).isEqualTo("49");
            assertThat(other.status()).isEqualTo(400);
        }
        assertThat(buyer.saldo()).isEqualTo(saldo);
        assertThat(buyer.topUp(refId, "tsel5", number).rc()).isEqualTo("00");
    }

    @Test
    void keepsReferencesOfAccountsApart() throws IOException {
        String refId = name("ref");

        assertThat(world.buyer(RICH).topUp(refId, "tsel5", number()).rc()).isEqualTo("00");
        assertThat(world.buyer(RICH).topUp(refId, "tsel10", number()).rc()).isEqualTo("00");
        assertThat(world.control.deliveries(refId)).hasSize(2);
    }

    @Test
    void buysAgainUnderAReferenceOlderThan90Days() throws IOException {
        try (World old = new World()) {
            Buyer buyer = old.buyer(RICH);
            String number = number();
            Answer first = buyer.topUp("R1", "tsel5", number);

            old.clock.advance(Duration.ofDays(90).minusMinutes(1));
            assertThat(buyer.topUp("R1", "tsel5", number)).isEqualTo(first);
            old.clock.advance(Duration.ofMinutes(2));
            Answer second = buyer.topUp("R1", "tsel5", number);

            assertThat(second.rc()).isEqualTo("00");
            assertThat(sn(second)).isNotEqualTo(sn(first));
            assertThat(buyer.saldo()).isEqualTo(RICH - 2 * old.price("tsel5"));
            Delivery delivery = old.control.deliveries("R1").getFirst();
            assertThat(delivery.deliveries()).isEqualTo(2);
            assertThat(delivery.purchaseCalls()).isEqualTo(3);
            assertThat(delivery.firstAt()).isBefore(delivery.lastAt().minus(Duration.ofDays(89)));
            assertThat(old.control.summary().references()).isEqualTo(1);
            assertThat(old.control.summary().deliveredTwice()).isEqualTo(1);
            assertThat(old.control.summary().destinationsFilledMoreThanOnce()).isZero();
        }
    }

    @Test
    void buysOnceWhenTheSameReferenceComesManyTimesAtOnce() throws Exception {
        Buyer buyer = world.buyer(RICH);
        String refId = name("ref");
        String number = number();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers = IntStream.range(0, 32)
                    .mapToObj(_ -> threads.submit(() -> buyer.topUp(refId, "tsel5", number)))
                    .toList();
            List<String> codes = new ArrayList<>();
            for (Future<Answer> answer : answers) {
                codes.add(answer.get().rc());
            }
            assertThat(codes).containsOnly("00", "85").containsOnlyOnce("00");
        }
        assertThat(buyer.saldo()).isEqualTo(RICH - world.price("tsel5"));
        assertThat(world.control.deliveries(refId).getFirst().purchaseCalls()).isEqualTo(32);
    }

    @Test
    void refusesUnknownAndInactiveProductsWith43AndLeavesTheReferenceFree() throws IOException {
        Buyer buyer = world.buyer(RICH);
        String refId = name("ref");

        assertThat(buyer.topUp(refId, "no-such-sku", number()).rc()).isEqualTo("43");
        assertThat(buyer.topUp(refId, "axowsem", "083112345678").rc())
                .as("inactive")
                .isEqualTo("43");
        assertThat(buyer.topUp(refId, "pln", "531234567890").rc())
                .as("postpaid")
                .isEqualTo("43");
        assertThat(buyer.topUp(refId, "TSEL5", number()).rc())
                .as("codes are exact")
                .isEqualTo("43");
        assertThat(world.control.deliveries(refId)).isEmpty();

        assertThat(buyer.topUp(refId, "tsel5", number()).rc()).isEqualTo("00");
    }

    @Test
    void followsChangesOfPriceAndActivity() throws IOException {
        Buyer buyer = world.buyer(RICH);

        world.control.changeProduct("byu5", ProductChange.price(7_777));
        assertThat(buyer.topUp(name("ref"), "byu5", "085155123456")
                        .data()
                        .path("price")
                        .asLong())
                .isEqualTo(7_777);
        world.control.changeProduct("byu5", ProductChange.active(false));
        assertThat(buyer.topUp(name("ref"), "byu5", "085155123456").rc()).isEqualTo("43");
    }

    @Test
    void refusesWhatTheBalanceDoesNotCoverWith44AndLeavesTheReferenceFree() throws IOException {
        AccountView account = world.account(5_000);
        Buyer buyer = new Buyer(world.sandbox, account);
        String refId = name("ref");
        String number = number();

        Answer refused = buyer.topUp(refId, "tsel5", number);
        assertThat(refused.rc()).isEqualTo("44");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.data().path("ref_id").asString()).isEqualTo(refId);
        assertThat(refused.data().path("buyer_last_saldo").asLong()).isEqualTo(5_000);

        world.control.addToBalance(account.username(), 1_000);
        assertThat(buyer.topUp(refId, "tsel5", number).rc()).isEqualTo("00");
    }

    @Test
    void refusesPricesAboveTheLimitOfTheBuyerWith69() throws IOException {
        Buyer buyer = world.buyer(RICH);
        long price = world.price("tsel5");

        assertThat(buyer.topUp(name("ref"), "tsel5", number(), Map.of("max_price", price - 1))
                        .rc())
                .isEqualTo("69");
        assertThat(buyer.topUp(name("ref"), "tsel5", number(), Map.of("max_price", price))
                        .rc())
                .isEqualTo("00");
    }

    @Test
    void sellsWhatIsInStockAndNoMore() throws IOException {
        Buyer buyer = world.buyer(RICH);
        world.control.changeProduct("steam400", ProductChange.stock(1));

        assertThat(buyer.topUp(name("ref"), "steam400", "buyer").rc()).isEqualTo("00");
        assertThat(buyer.topUp(name("ref"), "steam400", "buyer").rc()).isEqualTo("68");
    }

    @Test
    void putsWhatFailedBackIntoStock() throws IOException {
        Buyer buyer = world.buyer(RICH);
        world.control.changeProduct("rbx400", ProductChange.stock(1));
        world.control.script("failing-buyer", Script.of(Script.Outcome.FAIL));

        assertThat(buyer.topUp(name("ref"), "rbx400", "failing-buyer").rc()).isEqualTo("02");
        assertThat(buyer.topUp(name("ref"), "rbx400", "buyer").rc()).isEqualTo("00");
    }

    @Test
    void tellsCutOffsOfProductsAndOfSellersApart() throws IOException {
        Buyer buyer = world.buyer(RICH);
        world.control.changeProduct("three5", ProductChange.cutOff("11:00", "13:00")); // the clock starts at noon
        world.control.changeProduct("three10", ProductChange.cutOff("13:00", "11:00"));
        world.control.changeProduct("three15", ProductChange.sellerMaintenance(true));
        String number = "089512345678";

        assertThat(buyer.topUp(name("ref"), "three5", number).rc()).isEqualTo("58");
        assertThat(buyer.topUp(name("ref"), "three10", number).rc()).isEqualTo("00");
        assertThat(buyer.topUp(name("ref"), "three15", number).rc()).isEqualTo("66");
    }

    @Test
    void failsWhenTheSellerHasSwitchedTheProductOffWith53() throws IOException {
        world.control.changeProduct("three20", ProductChange.sellerActive(false));

        assertThat(world.buyer(RICH)
                        .topUp(name("ref"), "three20", "089512345678")
                        .rc())
                .isEqualTo("53");
    }

    @Test
    void failsForBlockedNumbersWith51UntilTheyAreFree() throws IOException {
        Buyer buyer = world.buyer(RICH);
        String number = number();

        world.control.block(number);
        assertThat(buyer.topUp(name("ref"), "tsel5", number).rc()).isEqualTo("51");
        world.control.unblock(number);
        assertThat(buyer.topUp(name("ref"), "tsel5", number).rc()).isEqualTo("00");
    }

    @ParameterizedTest
    @CsvSource({
        "tsel5,   081212345678, 00",
        "tsel5,   085112345678, 00",
        "tsel5,   085512345678, 52",
        "tsel5,   085154123456, 52", // by.U's part of Telkomsel's prefix
        "byu10,   085154123456, 00",
        "byu10,   085112345678, 52",
        "isat5,   085612345678, 00",
        "xld10,   087800000001, 00",
        "ax5,     083812345678, 00",
        "three25, 089912345678, 00",
        "sm5,     088112345678, 00",
        "tsel5,   081212345,    57",
        "tsel5,   08121234567890, 57",
        "tsel5,   6281212345678, 54",
        "tsel5,   089012345678, 54", // nobody's prefix
        "tsel5,   0812-1234567, 54",
        "pln20,   12345678901,  00",
        "pln20,   531234567890, 00",
        "pln20,   1234567890,   57",
        "pln20,   1234567890A,  54",
        "ovo50,   081212345678, 00",
        "ovo50,   12345678,     54",
        "ovo50,   0812,         57",
        "ml86,    123,          57",
    })
    void checksDestinations(String sku, String number, String rc) throws IOException {
        Answer answer = world.buyer(RICH).topUp(name("ref"), sku, number);

        assertThat(answer.rc()).isEqualTo(rc);
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void takesDotsOnlyWhenAllowed() throws IOException {
        Buyer buyer = world.buyer(RICH);

        assertThat(buyer.topUp(name("ref"), "vidio1", "buyer@mail.id").rc()).isEqualTo("54");
        assertThat(buyer.topUp(name("ref"), "vidio1", "buyer@mail.id", Map.of("allow_dot", true))
                        .rc())
                .isEqualTo("00");
    }

    @Test
    void debitsAndRefundsWhatFails() throws IOException {
        AccountView account = world.account(100_000);
        Buyer buyer = new Buyer(world.sandbox, account);
        String refId = name("ref");

        Answer failed = buyer.topUp(refId, "tsel5", "085512345678");

        assertThat(failed.rc()).isEqualTo("52");
        assertThat(failed.data().path("status").asString()).isEqualTo("Gagal");
        assertThat(failed.data().has("sn")).isFalse();
        assertThat(failed.data().path("buyer_last_saldo").asLong()).isEqualTo(100_000);
        long price = world.price("tsel5");
        assertThat(world.control
                        .statement(account.username(), null, null, 0, 100)
                        .items())
                .extracting(StatementLine::kind, StatementLine::amount, StatementLine::balance)
                .containsExactly(
                        tuple("ADJUSTMENT", 100_000L, 100_000L),
                        tuple("PURCHASE", -price, 100_000L - price),
                        tuple("REFUND", price, 100_000L));
        world.clock.advance(Duration.ofMinutes(2));
        assertThat(buyer.topUp(refId, "tsel5", "085512345678").rc())
                .as("the reference is used up")
                .isEqualTo("52");
    }

    @Test
    void sellsSomeProductsOncePerDestinationAndDay() throws IOException {
        try (World today = new World()) {
            Buyer buyer = today.buyer(RICH);
            String number = number();
            today.control.script(number, Script.of(Script.Outcome.FAIL).times(1));

            assertThat(buyer.topUp("failed", "tselmini", number).rc()).isEqualTo("02");
            assertThat(buyer.topUp("first", "tselmini", number).rc()).isEqualTo("00");
            assertThat(buyer.topUp("second", "tselmini", number).rc()).isEqualTo("63");
            assertThat(buyer.topUp("other", "tselmini", number()).rc()).isEqualTo("00");
            assertThat(today.buyer(RICH).topUp("second", "tselmini", number).rc())
                    .isEqualTo("00");
            today.clock.advance(Duration.ofDays(1));
            assertThat(buyer.topUp("second", "tselmini", number).rc()).isEqualTo("00");
        }
    }

    @Test
    void treatsPublishedTestNumbersAsPublishedAndFree() throws IOException {
        Buyer buyer = world.buyer(1_000_000);
        world.control.changeSwitches(null, SwitchChange.set().pendingDelayMs(20));

        assertThat(test(buyer, "087800001230").rc()).isEqualTo("00");
        assertThat(test(buyer, "087800001232").rc()).isEqualTo("02");
        Answer succeeding = test(buyer, "087800001233");
        Answer failing = test(buyer, "087800001234");

        assertThat(succeeding.rc()).isEqualTo("03");
        assertThat(succeeding.data().path("status").asString()).isEqualTo("Pending");
        assertThat(succeeding.data().path("sn").asString()).isEmpty();
        assertThat(failing.rc()).isEqualTo("03");
        eventually(() -> assertThat(callback(succeeding)).isEqualTo("00"));
        eventually(() -> assertThat(callback(failing)).isEqualTo("02"));
        assertThat(buyer.saldo()).isEqualTo(1_000_000);
    }

    private static Answer test(Buyer buyer, String number) throws IOException {
        return buyer.topUp(name("test"), "xld10", number, Map.of("testing", true));
    }

    private String callback(Answer answer) {
        return world.receiver
                .about(answer.data().path("ref_id").asString())
                .getFirst()
                .data()
                .path("rc")
                .asString();
    }

    @Test
    void treatsTestNumbersLikeAnyOtherWithoutTheFlag() throws IOException {
        Buyer buyer = world.buyer(1_000_000);

        assertThat(buyer.topUp(name("ref"), "xld10", "087800001232").rc()).isEqualTo("00");
        assertThat(buyer.saldo()).isLessThan(1_000_000);
    }

    @Test
    void testsWithoutBalanceOnOtherNumbersToo() throws IOException {
        Buyer buyer = world.buyer(0);

        assertThat(buyer.topUp(name("ref"), "tsel5", number(), Map.of("testing", true))
                        .rc())
                .isEqualTo("00");
        assertThat(buyer.topUp(name("ref"), "tsel5", "085512345678", Map.of("testing", true))
                        .rc())
                .isEqualTo("52");
        assertThat(buyer.saldo()).isZero();
    }
}
