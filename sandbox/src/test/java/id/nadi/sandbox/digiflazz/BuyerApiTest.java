package id.nadi.sandbox.digiflazz;

import static id.nadi.sandbox.digiflazz.World.name;
import static id.nadi.sandbox.digiflazz.World.number;
import static org.assertj.core.api.Assertions.assertThat;

import id.nadi.sandbox.Http;
import id.nadi.sandbox.Http.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every call has to pass before it is looked at. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BuyerApiTest {
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
    void signsWithMd5OfUsernameKeyAndSuffix() {
        // RFC 1321: MD5("message digest")
        assertThat(Signatures.ofCall("mess", "age ", "digest")).isEqualTo("f96b697d7cb7938d525a2f31aaf161d0");
    }

    @Test
    void answersTheBalanceUnderData() throws IOException {
        Answer answer = world.buyer(500_000).balance();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"data\":{\"deposit\":500000}}");
    }

    @Test
    void refusesAWrongSignatureWith41() throws IOException {
        AccountView account = world.account(1_000_000);
        Buyer forger = new Buyer(world.sandbox.baseUrl().toString(), account.username(), "another-key");

        for (Answer answer : List.of(
                forger.balance(),
                forger.priceList(Map.of("cmd", "prepaid")),
                forger.topUp(name("ref"), "tsel5", number()),
                forger.bill("inq-pasca", name("ref"), "pln", "531234567890"),
                forger.post("/deposit", Map.of("amount", 100_000, "bank", "BCA", "owner_name", "A"), "deposit"),
                forger.post("/inquiry-pln", Map.of("customer_no", "12345678901"), "12345678901"))) {
            assertThat(answer.rc()).isEqualTo("41");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.data().path("status").asString()).isEqualTo("Gagal");
        }
    }

    @Test
    void takesSignaturesInLowerCaseAlone() throws IOException {
        AccountView account = world.account(1_000_000);
        String sign = Buyer.md5(account.username() + account.apiKey() + "depo").toUpperCase(Locale.ROOT);

        Answer answer =
                new Buyer(world.sandbox, account).post("/cek-saldo", Map.of("cmd", "deposit", "sign", sign), "");

        assertThat(answer.rc()).isEqualTo("41");
    }

    @Test
    void checksTheSignatureBeforeTheFields() throws IOException {
        AccountView account = world.account(1_000_000);
        Buyer forger = new Buyer(world.sandbox.baseUrl().toString(), account.username(), "another-key");

        assertThat(forger.post("/cek-saldo", Map.of("cmd", 7), "depo").rc()).isEqualTo("41");
    }

    @Test
    void refusesAnUnknownUsernameWith42() throws IOException {
        Buyer nobody = new Buyer(world.sandbox.baseUrl().toString(), "nobody", "key");

        assertThat(nobody.balance().rc()).isEqualTo("42");
        assertThat(nobody.balance().status()).isEqualTo(400);
    }

    @Test
    void refusesAnUnlistedAddressWith45() throws IOException {
        AccountView far =
                world.control.createAccount(AccountRequest.named(name("buyer")).allowedIps(List.of("10.1.2.3")));
        AccountView near = world.control.createAccount(
                AccountRequest.named(name("buyer")).allowedIps(List.of("10.1.2.3", "127.0.0.1")));

        assertThat(new Buyer(world.sandbox, far).balance().rc()).isEqualTo("45");
        assertThat(new Buyer(world.sandbox, near).balance().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "{\"username\":\"x\"",
                "{\"username\":\"x\",\"username\":\"y\",\"sign\":\"z\",\"cmd\":\"deposit\"}",
                "{\"username\":\"x\",\"sign\":\"z\",\"cmd\":\"deposit\"} more",
                "{\"username\":7,\"sign\":\"z\",\"cmd\":\"deposit\"}",
                "{\"sign\":\"z\",\"cmd\":\"deposit\"}",
            })
    void refusesBrokenBodiesWith40(String body) throws IOException {
        Answer answer = send("/cek-saldo", body, "application/json");

        assertThat(answer.rc()).isEqualTo("40");
        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void refusesWrongTypesAndMissingFieldsWith40() throws IOException {
        Buyer buyer = world.buyer(1_000_000);

        for (Map<String, ?> wrong : List.of(
                Map.of("customer_no", 81234567890L),
                Map.of("customer_no", ""),
                Map.of("customer_no", "0".repeat(256)),
                Map.of("buyer_sku_code", true),
                Map.of("max_price", "5000"),
                Map.of("max_price", 5000.5),
                Map.of("testing", "true"),
                Map.of("allow_dot", 1),
                Map.of("cb_url", "ftp://example.com"),
                Map.of("cb_url", "example.com/hook"),
                Map.of("commands", "pay"),
                Map.of("commands", 1),
                Map.of("amount", "1000"))) {
            Answer answer = buyer.topUp(name("ref"), "tsel5", number(), wrong);
            assertThat(answer.rc()).as("%s", wrong).isEqualTo("40");
            assertThat(answer.status()).isEqualTo(400);
        }
        assertThat(buyer.post("/cek-saldo", Map.of("cmd", "balance"), "depo").rc())
                .isEqualTo("40");
        assertThat(buyer.priceList(Map.of("cmd", "everything")).rc()).isEqualTo("40");
        assertThat(buyer.priceList(Map.of("cmd", "prepaid", "code", 5)).rc()).isEqualTo("40");
        assertThat(buyer.saldo()).isEqualTo(1_000_000);
    }

    @Test
    void refusesOtherContentTypesWith40() throws IOException {
        AccountView account = world.account(0);
        String body = new Buyer(world.sandbox, account).body(Map.of("cmd", "deposit"), "depo");

        assertThat(send("/cek-saldo", body, "text/plain").rc()).isEqualTo("40");
        assertThat(send("/cek-saldo", body, "application/x-www-form-urlencoded").rc())
                .isEqualTo("40");
        assertThat(send("/cek-saldo", body, "application/json; charset=utf-8").status())
                .isEqualTo(200);
    }

    @Test
    void refusesBodiesOver64KilobytesWith40() throws IOException {
        AccountView account = world.account(0);
        Buyer buyer = new Buyer(world.sandbox, account);

        Answer large = buyer.post("/cek-saldo", Map.of("cmd", "deposit", "more", "x".repeat(65_536)), "depo");
        Answer largest = buyer.post("/cek-saldo", Map.of("cmd", "deposit", "more", "x".repeat(65_000)), "depo");

        assertThat(large.rc()).isEqualTo("40");
        assertThat(largest.status()).isEqualTo(200);
    }

    @Test
    void takesPostAlone() throws IOException {
        Answer answer = Http.call("GET", world.sandbox.baseUrl() + "/digiflazz/v1/cek-saldo", Map.of(), "");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.rc()).isEqualTo("40");
    }

    @Test
    void answersPathsNobodyKnowsWith404() throws IOException {
        assertThat(send("/no-such-thing", "{}", "application/json").status()).isEqualTo(404);
    }

    private Answer send(String path, String body, String contentType) throws IOException {
        return Http.call(
                "POST", world.sandbox.baseUrl() + "/digiflazz/v1" + path, Map.of("Content-Type", contentType), body);
    }
}
