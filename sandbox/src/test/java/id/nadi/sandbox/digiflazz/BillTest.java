package id.nadi.sandbox.digiflazz;

import static id.nadi.sandbox.Eventually.eventually;
import static id.nadi.sandbox.digiflazz.World.name;
import static org.assertj.core.api.Assertions.assertThat;

import id.nadi.sandbox.CallbackReceiver;
import id.nadi.sandbox.Http.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BillTest {
    private static final long RICH = 100_000_000;
    private static final String CUSTOMER = "531234567890";

    private World world;

    @BeforeAll
    void start() throws IOException {
        world = new World();
        world.control.changeSwitches(null, SwitchChange.set().pendingDelayMs(20));
    }

    @AfterAll
    void stop() throws IOException {
        world.close();
    }

    @Test
    void inquiresAndPaysUnderOneReference() throws IOException {
        Buyer buyer = world.buyer(RICH);
        String refId = name("bill");

        JsonNode inquiry = buyer.bill("inq-pasca", refId, "pln", CUSTOMER).data();
        assertThat(buyer.saldo()).as("asking is free").isEqualTo(RICH);
        JsonNode payment = buyer.bill("pay-pasca", refId, "pln", CUSTOMER).data();

        assertThat(inquiry.path("rc").asString()).isEqualTo("00");
        assertThat(inquiry.has("sn")).isFalse();
        assertThat(payment.path("rc").asString()).isEqualTo("00");
        assertThat(payment.path("sn").asString()).matches("[0-9A-F]{32}");
        assertThat(payment.path("price")).isEqualTo(inquiry.path("price"));
        assertThat(payment.path("selling_price")).isEqualTo(inquiry.path("selling_price"));
        assertThat(payment.path("customer_name")).isEqualTo(inquiry.path("customer_name"));
        assertThat(payment.path("desc").path("detail").path(0).has("meter_awal"))
                .isTrue();
        assertThat(inquiry.path("desc").path("detail").path(0).has("meter_awal"))
                .isFalse();
        assertThat(buyer.saldo()).isEqualTo(RICH - inquiry.path("price").asLong());
        assertThat(world.control.deliveries(refId).getFirst().deliveries()).isEqualTo(1);
    }

    @Test
    void addsUp() throws IOException {
        JsonNode bill = test("inq-pasca", "pln", "530000000002");
        JsonNode details = bill.path("desc").path("detail");

        long sum = 0;
        for (JsonNode detail : details) {
            assertThat(detail.path("nilai_tagihan").isString()).isTrue();
            sum += number(detail, "nilai_tagihan") + number(detail, "admin") + number(detail, "denda");
        }
        assertThat(details.size()).isEqualTo(2);
        assertThat(bill.path("desc").path("lembar_tagihan").asInt()).isEqualTo(2);
        assertThat(bill.path("periode").asString()).isEqualTo("202602,202603");
        assertThat(bill.path("admin").asLong()).isEqualTo(2 * 2_750);
        assertThat(bill.path("selling_price").asLong()).isEqualTo(sum);
        assertThat(bill.path("price").asLong()).isEqualTo(sum - 2 * 1_800);
    }

    private static long number(JsonNode detail, String field) {
        return Long.parseLong(detail.path(field).asString());
    }

    @Test
    void owesTheSameWhoeverAsks() throws IOException {
        JsonNode one = world.buyer(0)
                .bill("inq-pasca", name("bill"), "pdam", "1013999")
                .data();
        JsonNode other = world.buyer(0)
                .bill("inq-pasca", name("bill"), "pdam", "1013999")
                .data();

        assertThat(one.path("price")).isEqualTo(other.path("price"));
        assertThat(one.path("desc")).isEqualTo(other.path("desc"));
    }

    @Test
    void answersARepeatWithTheSame() throws IOException {
        Buyer buyer = world.buyer(RICH);
        String refId = name("bill");

        Answer inquiry = buyer.bill("inq-pasca", refId, "pln", CUSTOMER);
        assertThat(buyer.bill("inq-pasca", refId, "pln", CUSTOMER)).isEqualTo(inquiry);
        Answer payment = buyer.bill("pay-pasca", refId, "pln", CUSTOMER);
        long saldo = buyer.saldo();
        assertThat(buyer.bill("pay-pasca", refId, "pln", CUSTOMER)).isEqualTo(payment);
        assertThat(buyer.bill("status-pasca", refId, "pln", CUSTOMER)).isEqualTo(payment);
        assertThat(buyer.saldo()).isEqualTo(saldo);
    }

    @Test
    void refusesAReferenceForAnotherBillWith49() throws IOException {
        Buyer buyer = world.buyer(RICH);
        String refId = name("bill");
        buyer.bill("inq-pasca", refId, "pln", CUSTOMER);

        assertThat(buyer.bill("inq-pasca", refId, "pdam", CUSTOMER).rc()).isEqualTo("49");
        assertThat(buyer.bill("pay-pasca", refId, "pln", "531234567891").rc()).isEqualTo("49");
        assertThat(buyer.topUp(refId, "pln20", CUSTOMER).rc()).isEqualTo("49");
    }

    @Test
    void doesNotPayWhatWasNotInquired() throws IOException {
        Answer answer = world.buyer(RICH).bill("pay-pasca", name("bill"), "pln", CUSTOMER);

        assertThat(answer.rc()).isEqualTo("50");
        assertThat(answer.data().path("status").asString()).isEqualTo("Gagal");
    }

    @Test
    void paysOnTheDayOfTheInquiryAlone() throws IOException {
        try (World tomorrow = new World()) {
            Buyer buyer = tomorrow.buyer(RICH);
            buyer.bill("inq-pasca", "yesterday", "pln", CUSTOMER);

            tomorrow.clock.advance(Duration.ofHours(12).plusMinutes(1)); // it is past midnight in Jakarta now
            Answer late = buyer.bill("pay-pasca", "yesterday", "pln", CUSTOMER);

            assertThat(late.rc()).isEqualTo("50");
            assertThat(late.data().path("message").asString()).isEqualTo("Data belum ada");
            assertThat(buyer.saldo()).isEqualTo(RICH);
        }
    }

    @Test
    void saysThatThereIsNoDataAboutWhatWasNotPaid() throws IOException {
        Buyer buyer = world.buyer(RICH);
        String refId = name("bill");

        Answer unknown = buyer.bill("status-pasca", refId, "pln", CUSTOMER);
        buyer.bill("inq-pasca", refId, "pln", CUSTOMER);
        Answer inquired = buyer.bill("status-pasca", refId, "pln", CUSTOMER);

        for (Answer answer : List.of(unknown, inquired)) {
            assertThat(answer.rc()).isEqualTo("50");
            assertThat(answer.data().path("message").asString()).isEqualTo("Data belum ada");
        }
    }

    @Test
    void forgetsPaymentsAfter90Days() throws IOException {
        try (World old = new World()) {
            Buyer buyer = old.buyer(RICH);
            buyer.bill("inq-pasca", "old", "pln", CUSTOMER);
            buyer.bill("pay-pasca", "old", "pln", CUSTOMER);
            old.clock.advance(Duration.ofDays(91));

            Answer status = buyer.bill("status-pasca", "old", "pln", CUSTOMER);

            assertThat(status.data().path("message").asString()).isEqualTo("Data belum ada");
            assertThat(old.control.deliveries("old").getFirst().deliveries()).isEqualTo(1);
        }
    }

    @Test
    void refusesPaymentsTheBalanceDoesNotCoverWith44AndTakesThemLater() throws IOException {
        AccountView account = world.account(10);
        Buyer buyer = new Buyer(world.sandbox, account);
        String refId = name("bill");
        buyer.bill("inq-pasca", refId, "pln", CUSTOMER);

        assertThat(buyer.bill("pay-pasca", refId, "pln", CUSTOMER).rc()).isEqualTo("44");
        world.control.setBalance(account.username(), RICH);
        assertThat(buyer.bill("pay-pasca", refId, "pln", CUSTOMER).rc()).isEqualTo("00");
    }

    @Test
    void refusesPaymentsAboveTheLimitWith69() throws IOException {
        Buyer buyer = world.buyer(RICH);
        String refId = name("bill");
        buyer.bill("inq-pasca", refId, "pln", CUSTOMER);

        Answer refused = buyer.topUp(refId, "pln", CUSTOMER, Map.of("commands", "pay-pasca", "max_price", 1));

        assertThat(refused.rc()).isEqualTo("69");
    }

    @Test
    void refusesUnknownBillersWith43() throws IOException {
        Buyer buyer = world.buyer(RICH);

        assertThat(buyer.bill("inq-pasca", name("bill"), "no-such-biller", CUSTOMER)
                        .rc())
                .isEqualTo("43");
        assertThat(buyer.bill("inq-pasca", name("bill"), "tsel5", CUSTOMER).rc())
                .isEqualTo("43");
        world.control.changeProduct("pdambgr", ProductChange.active(false));
        assertThat(buyer.bill("inq-pasca", name("bill"), "pdambgr", CUSTOMER).rc())
                .isEqualTo("43");
    }

    @Test
    void asksEmoneyForRoundAmounts() throws IOException {
        Buyer buyer = world.buyer(RICH);

        assertThat(emoney(buyer, 50_500).rc()).isEqualTo("87");
        assertThat(emoney(buyer, 0).rc()).isEqualTo("84");
        assertThat(buyer.bill("inq-pasca", name("bill"), "emoney", "081212345678")
                        .rc())
                .isEqualTo("84");
        Answer round = emoney(buyer, 50_000);
        assertThat(round.rc()).isEqualTo("00");
        assertThat(round.data().path("selling_price").asLong()).isEqualTo(51_500);
        assertThat(round.data().path("price").asLong()).isEqualTo(51_000);
    }

    private static Answer emoney(Buyer buyer, long amount) throws IOException {
        return buyer.topUp(name("bill"), "emoney", "081212345678", Map.of("commands", "inq-pasca", "amount", amount));
    }

    @Test
    void showsTheTaxYearAskedFor() throws IOException {
        Answer answer = world.buyer(RICH)
                .topUp(name("bill"), "cimahi", "329801092375", Map.of("commands", "inq-pasca", "year", 2024));

        assertThat(answer.data().path("desc").path("tahun_pajak").asString()).isEqualTo("2024");
    }

    @Test
    void failsInquiriesByScript() throws IOException {
        world.control.script(
                "531111111111", Script.of(Script.Outcome.FAIL).rc("60").on(Script.Stage.INQUIRY));

        Answer answer = world.buyer(RICH).bill("inq-pasca", name("bill"), "pln", "531111111111");

        assertThat(answer.rc()).isEqualTo("60");
        assertThat(answer.data().has("price")).isFalse();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "test-numbers.tsv", delimiter = '\t', numLinesToSkip = 2)
    void treatsPublishedTestNumbersAsPublished(String sku, String number, String ending, int bills) throws Exception {
        if (sku.equals("xld10")) {
            return; // prepaid, see TopUpTest
        }
        Buyer buyer = world.buyer(0);
        String refId = name("test");
        Answer inquiry = buyer.testBill("inq-pasca", refId, sku, number);
        Answer payment = buyer.bill("pay-pasca", refId, sku, number); // as published: without the flag

        assertThat(inquiry.rc()).isEqualTo(ending.equals("INQUIRY_FAIL") ? "02" : "00");
        if (inquiry.rc().equals("00")) {
            assertThat(inquiry.data().path("desc").path("lembar_tagihan").asInt(bills))
                    .isEqualTo(bills);
        }
        assertThat(payment.rc())
                .isEqualTo(
                        switch (ending) {
                            case "SUCCESS" -> "00";
                            case "FAIL", "INQUIRY_FAIL" -> "02";
                            default -> "03";
                        });
        if (ending.startsWith("PENDING")) {
            eventually(() -> assertThat(world.receiver.about(refId)).isNotEmpty());
            CallbackReceiver.Received callback = world.receiver.about(refId).getFirst();
            assertThat(callback.data().path("rc").asString()).isEqualTo(ending.equals("PENDING_FAIL") ? "02" : "00");
            assertThat(callback.userAgent()).isEqualTo("Digiflazz-Pasca-Hookshot");
            assertThat(callback.event()).isEqualTo("update");
        }
        assertThat(buyer.saldo()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "pln, tarif daya lembar_tagihan detail",
        "pdam, tarif lembar_tagihan alamat jatuh_tempo detail",
        "internet, lembar_tagihan detail",
        "bpjs, jumlah_peserta lembar_tagihan alamat detail",
        "multifinance, lembar_tagihan item_name no_rangka no_pol tenor detail",
        "cimahi, lembar_tagihan alamat tahun_pajak kelurahan kecamatan kode_kab_kota kab_kota luas_tanah luas_gedung",
        "pgas, lembar_tagihan alamat detail",
        "tv, lembar_tagihan detail",
    })
    void describesBillsInTheWayOfTheBiller(String sku, String fields) throws IOException {
        JsonNode desc = world.buyer(0)
                .bill("inq-pasca", name("bill"), sku, "123456789012")
                .data()
                .path("desc");

        assertThat(desc.propertyNames()).containsExactly(fields.split(" "));
    }

    private JsonNode test(String command, String sku, String number) throws IOException {
        return world.buyer(0).testBill(command, name("test"), sku, number).data();
    }
}
