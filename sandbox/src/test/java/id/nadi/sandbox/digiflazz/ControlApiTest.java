package id.nadi.sandbox.digiflazz;

import static id.nadi.sandbox.digiflazz.World.name;
import static id.nadi.sandbox.digiflazz.World.number;
import static org.assertj.core.api.Assertions.assertThat;

import id.nadi.sandbox.Http;
import id.nadi.sandbox.Http.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The controls, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ControlApiTest {
    private World world;

    @BeforeAll
    void start() throws IOException {
        world = new World();
    }

    @AfterAll
    void stop() throws IOException {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/control/calls",
                "/control/callbacks",
                "/control/digiflazz/accounts",
                "/control/digiflazz/switches",
                "/control/digiflazz/summary",
                "/control/no-such-thing",
            })
    void asksForTheToken(String path) throws IOException {
        String url = world.sandbox.baseUrl() + path;

        assertThat(Http.call("GET", url, Map.of(), "").status()).isEqualTo(401);
        assertThat(Http.call("GET", url, Map.of("X-Sandbox-Token", "wrong"), "").status())
                .isEqualTo(401);
    }

    @Test
    void tellsAnybodyThatItIsUp() throws IOException {
        Answer health = Http.call("GET", world.sandbox.baseUrl() + "/health", Map.of(), "");

        assertThat(health.status()).isEqualTo(200);
        assertThat(health.json().path("status").asString()).isEqualTo("up");
        assertThat(health.json().path("pid").asLong())
                .isEqualTo(ProcessHandle.current().pid());
    }

    @Test
    void createsAccountsWithKeysOfTheirOwn() throws IOException {
        Answer one = world.control("POST", "/digiflazz/accounts", "");
        Answer other = world.control("POST", "/digiflazz/accounts", "{\"balance\":5000}");

        assertThat(one.status()).isEqualTo(201);
        assertThat(one.json().path("apiKey").asString()).matches("[0-9a-f]{32}");
        assertThat(one.json().path("webhookSecret").asString()).matches("[0-9a-f]{32}");
        assertThat(one.json().path("apiKey")).isNotEqualTo(other.json().path("apiKey"));
        assertThat(one.json().path("username")).isNotEqualTo(other.json().path("username"));
        assertThat(other.json().path("balance").asLong()).isEqualTo(5_000);
    }

    @Test
    void changesWhatIsNamedAboutAnAccountAndKeepsTheRest() throws IOException {
        String username = name("changing");
        JsonNode before = world.control(
                        "POST",
                        "/digiflazz/accounts",
                        "{\"username\":\"" + username + "\",\"balance\":1000,\"callbackUrl\":\"http://localhost:1/\"}")
                .json();
        JsonNode after = world.control(
                        "POST",
                        "/digiflazz/accounts",
                        "{\"username\":\"" + username + "\",\"webhookSecret\":\"chosen\"}")
                .json();

        assertThat(after.path("apiKey")).isEqualTo(before.path("apiKey"));
        assertThat(after.path("balance").asLong()).isEqualTo(1_000);
        assertThat(after.path("callbackUrl").asString()).isEqualTo("http://localhost:1/");
        assertThat(after.path("webhookSecret").asString()).isEqualTo("chosen");

        world.control("PUT", "/digiflazz/accounts/" + username + "/balance", "{\"add\":500}");
        world.control("PUT", "/digiflazz/accounts/" + username + "/webhook", "{\"callbackUrl\":\"\"}");
        JsonNode last =
                world.control("GET", "/digiflazz/accounts/" + username, "").json();
        assertThat(last.path("balance").asLong()).isEqualTo(1_500);
        assertThat(last.has("callbackUrl")).isFalse();
        assertThat(last.path("webhookSecret").asString()).isEqualTo("chosen");
        world.control("PUT", "/digiflazz/accounts/" + username + "/balance", "{\"balance\":7}");
        assertThat(world.control.account(username).balance()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    POST | /digiflazz/accounts | {"username":"a b"} | 400
                    POST | /digiflazz/accounts | {"balance":-1} | 400
                    POST | /digiflazz/accounts | {"balance":"5"} | 400
                    POST | /digiflazz/accounts | {"balance":1.5} | 400
                    POST | /digiflazz/accounts | {"colour":"blue"} | 400
                    POST | /digiflazz/accounts | {"callbackUrl":"localhost"} | 400
                    POST | /digiflazz/accounts | {"allowedIps":["localhost"]} | 400
                    POST | /digiflazz/accounts | {"balance":1 | 400
                    GET | /digiflazz/accounts/nobody | | 404
                    PUT | /digiflazz/accounts/nobody/balance | {"balance":1} | 404
                    PUT | /digiflazz/accounts/nobody/balance | {} | 400
                    PUT | /digiflazz/switches | {"latencyMs":-1} | 400
                    PUT | /digiflazz/switches | {"mode":"BROKEN"} | 400
                    PUT | /digiflazz/switches | {"failureRate":1.1} | 400
                    PUT | /digiflazz/switches | {"failRc":"00"} | 400
                    PUT | /digiflazz/switches | {"failRc":"xx"} | 400
                    PUT | /digiflazz/switches | {"unknownRc":"02"} | 400
                    PUT | /digiflazz/switches | {"nothing":1} | 400
                    PUT | /digiflazz/switches?username=nobody | {"latencyMs":1} | 404
                    PUT | /digiflazz/scripts/0812 | {} | 400
                    PUT | /digiflazz/scripts/0812 | {"outcome":"MAYBE"} | 400
                    PUT | /digiflazz/scripts/0812 | {"outcome":"FAIL","rc":"00"} | 400
                    PUT | /digiflazz/scripts/0812 | {"outcome":"PENDING_FAIL","rc":"43"} | 400
                    PUT | /digiflazz/scripts/0812 | {"outcome":"SUCCESS","times":0} | 400
                    PUT | /digiflazz/products/none | {"price":1} | 404
                    PUT | /digiflazz/products/tsel5 | {"price":0} | 400
                    PUT | /digiflazz/products/tsel5 | {"startCutOff":"noon"} | 400
                    PUT | /digiflazz/products/tsel5 | {"admin":1} | 400
                    PUT | /digiflazz/products/pln | {"price":1} | 400
                    POST | /digiflazz/callbacks | {} | 400
                    POST | /digiflazz/callbacks | {"username":"nobody","ref_id":"R"} | 404
                    GET | /digiflazz/statement | | 400
                    GET | /digiflazz/statement?username=nobody | | 404
                    GET | /digiflazz/statement?username=nobody&from=today | | 400
                    GET | /digiflazz/deliveries?limit=many | | 400
                    """)
    void namesMistakes(String method, String path, String body, int status) throws IOException {
        Answer answer = world.control(method, path, body == null ? "" : body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("error").asString()).isNotBlank();
    }

    @Test
    void setsSwitchesScriptsProductsAndBlocks() throws IOException {
        JsonNode switches = world.control(
                        "PUT",
                        "/digiflazz/switches",
                        "{\"callbackDelayMs\":3,\"pendingFailureRate\":0.25,\"failRc\":\"54\"}")
                .json();
        assertThat(switches.path("callbackDelayMs").asInt()).isEqualTo(3);
        assertThat(switches.path("pendingFailureRate").asDouble()).isEqualTo(0.25);
        assertThat(switches.path("failRc").asString()).isEqualTo("54");
        assertThat(world.control("GET", "/digiflazz/switches", "").json()).isEqualTo(switches);
        assertThat(world.control("DELETE", "/digiflazz/switches", "")
                        .json()
                        .path("failRc")
                        .asString())
                .isEqualTo("02");

        String script = "{\"outcome\":\"PENDING_FAIL\",\"rc\":\"70\",\"delayMs\":5,\"times\":2}";
        assertThat(world.control("PUT", "/digiflazz/scripts/081200000099", script)
                        .text())
                .isEqualTo(script);
        assertThat(world.control("GET", "/digiflazz/scripts", "")
                        .json()
                        .path("081200000099")
                        .path("times")
                        .asInt())
                .isEqualTo(2);
        assertThat(world.control("DELETE", "/digiflazz/scripts/081200000099", "")
                        .status())
                .isEqualTo(204);
        assertThat(world.control("GET", "/digiflazz/scripts", "").text()).isEqualTo("{}");

        JsonNode product = world.control(
                        "PUT",
                        "/digiflazz/products/sm200",
                        "{\"price\":200001,\"stock\":4,"
                                + "\"unlimitedStock\":false,\"startCutOff\":\"23:00\",\"endCutOff\":\"01:00\"}")
                .json();
        assertThat(product.path("price").asLong()).isEqualTo(200_001);
        assertThat(product.path("stock").asLong()).isEqualTo(4);
        assertThat(product.path("endCutOff").asString()).isEqualTo("01:00");
        assertThat(world.control("GET", "/digiflazz/products/sm200", "").json()).isEqualTo(product);
        assertThat(world.control("GET", "/digiflazz/products", "")
                        .json()
                        .path("items")
                        .size())
                .isGreaterThan(230);

        assertThat(world.control("PUT", "/digiflazz/blocked/081299999999", "").status())
                .isEqualTo(204);
        assertThat(world.control("GET", "/digiflazz/blocked", "").text()).contains("081299999999");
        assertThat(world.control("DELETE", "/digiflazz/blocked/081299999999", "")
                        .status())
                .isEqualTo(204);
        assertThat(world.control("GET", "/digiflazz/blocked", "").text()).isEqualTo("{\"items\":[]}");
    }

    @Test
    void pagesThroughDeliveries() throws IOException {
        AccountView account = world.account(1_000_000);
        Buyer buyer = new Buyer(world.sandbox, account);
        List<String> refIds = new ArrayList<>();
        for (int index = 0; index < 5; index++) {
            refIds.add(name("page"));
            buyer.topUp(refIds.getLast(), "tsel5", number());
        }

        List<String> seen = new ArrayList<>();
        String cursor = "0";
        while (cursor != null) {
            JsonNode page = world.control(
                            "GET",
                            "/digiflazz/deliveries?limit=2&username=" + account.username() + "&cursor=" + cursor,
                            "")
                    .json();
            assertThat(page.path("items").size()).isLessThanOrEqualTo(2);
            page.path("items").forEach(item -> seen.add(item.path("ref_id").asString()));
            cursor = page.hasNonNull("nextCursor") ? page.path("nextCursor").asString() : null;
        }

        assertThat(seen).isEqualTo(refIds);
        JsonNode newest = world.control("GET", "/digiflazz/deliveries?order=newest&limit=1", "")
                .json();
        assertThat(newest.path("items").path(0).path("ref_id").asString()).isEqualTo(refIds.getLast());
    }

    @Test
    void tellsWhatItDeliveredUnderAReference() throws IOException {
        Buyer buyer = world.buyer(1_000_000);
        String refId = name("ref");
        String number = number();
        buyer.topUp(refId, "tsel5", number);
        buyer.topUp(refId, "tsel5", number);

        JsonNode items = world.control("GET", "/digiflazz/deliveries?ref_id=" + refId, "")
                .json()
                .path("items");

        assertThat(items.size()).isEqualTo(1);
        JsonNode delivery = items.path(0);
        assertThat(delivery.path("deliveries").asInt()).isEqualTo(1);
        assertThat(delivery.path("purchaseCalls").asInt()).isEqualTo(2);
        assertThat(delivery.path("sku").asString()).isEqualTo("tsel5");
        assertThat(delivery.path("customer_no").asString()).isEqualTo(number);
        assertThat(delivery.path("status").asString()).isEqualTo("Sukses");
        assertThat(delivery.path("firstAt").asString()).startsWith("2026-03-10T05:");
    }

    @Test
    void countsDestinationsThatWereFilledUnderDifferentReferences() throws IOException {
        try (World fresh = new World()) {
            Buyer buyer = fresh.buyer(10_000_000);
            for (String refId : List.of("a", "b", "c")) {
                buyer.topUp(refId, "tsel5", "081200000001");
            }
            buyer.topUp("d", "tsel10", "081200000001");
            buyer.topUp("e", "tsel5", "081200000002");
            buyer.topUp("f", "tsel5", "085500000002");
            buyer.topUp("g", "no-such-sku", "081200000002");
            buyer.topUp("e", "tsel5", "081200000002");
            buyer.balance();

            Summary summary = fresh.control.summary();

            assertThat(summary.references()).isEqualTo(6);
            assertThat(summary.delivered()).isEqualTo(5);
            assertThat(summary.deliveredTwice()).isZero();
            assertThat(summary.destinationsFilledMoreThanOnce()).isEqualTo(1);
            assertThat(summary.callsReceived()).isEqualTo(9);
            assertThat(summary.byRc()).isEqualTo(Map.of("00", 6L, "52", 1L, "43", 1L, "85", 1L));
            assertThat(fresh.control("GET", "/digiflazz/summary", "")
                            .json()
                            .path("byRc")
                            .path("85")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void pagesThroughTheStatementOfAnAccount() throws IOException {
        AccountView account = world.account(1_000_000);
        Buyer buyer = new Buyer(world.sandbox, account);
        for (int index = 0; index < 3; index++) {
            buyer.topUp(name("ref"), "tsel5", number());
        }
        String base = "/digiflazz/statement?username=" + account.username();

        JsonNode first = world.control("GET", base + "&limit=3", "").json();
        JsonNode second = world.control(
                        "GET",
                        base + "&limit=3&cursor=" + first.path("nextCursor").asString(),
                        "")
                .json();

        assertThat(first.path("items").size()).isEqualTo(3);
        assertThat(first.path("items").path(0).path("kind").asString()).isEqualTo("ADJUSTMENT");
        assertThat(second.path("items").size()).isEqualTo(1);
        assertThat(second.path("items").path(0).path("number").asInt()).isEqualTo(3);
        assertThat(second.path("items").path(0).path("balance").asLong()).isEqualTo(buyer.saldo());
        assertThat(second.has("nextCursor")).isFalse();
        assertThat(world.control("GET", base + "&to=2026-03-10T00:00:00Z", "")
                        .json()
                        .path("items")
                        .size())
                .isZero();
        assertThat(world.control("GET", base + "&from=2026-03-10T00:00:00Z", "")
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(4);
    }

    @Test
    void showsTheLastCallsWithoutKeys() throws IOException {
        AccountView account = world.account(1_000_000);
        new Buyer(world.sandbox, account)
                .post("/cek-saldo", Map.of("cmd", "deposit", "apiKey", account.apiKey()), "depo");

        JsonNode call =
                world.control("GET", "/calls?limit=1", "").json().path("items").path(0);

        assertThat(call.path("method").asString()).isEqualTo("POST");
        assertThat(call.path("path").asString()).isEqualTo("/digiflazz/v1/cek-saldo");
        assertThat(call.path("body").asString()).contains("\"sign\"").doesNotContain(account.apiKey());
        assertThat(call.path("answer").asString()).contains("deposit");
        assertThat(call.path("status").asInt()).isEqualTo(200);
        assertThat(call.path("ms").isNumber()).isTrue();
    }

    @Test
    void keepsTheLast5000CallsCutTo8Kilobytes() throws IOException {
        AccountView account = world.account(0);
        Buyer buyer = new Buyer(world.sandbox, account);
        buyer.post("/cek-saldo", Map.of("cmd", "deposit", "more", "x".repeat(20_000)), "depo");

        assertThat(world.sandbox.calls(1).getFirst().body())
                .hasSize(8 * 1024 + 1)
                .endsWith("…");
        assertThat(world.sandbox.calls(1_000_000).size()).isLessThanOrEqualTo(5_000);
    }

    @Test
    void servesItsPageUnderAStrictPolicy() throws IOException {
        for (String path : List.of("/", "/page.css", "/page.js", "/favicon.svg")) {
            Answer file = Http.call("GET", world.sandbox.baseUrl() + path, Map.of(), "");
            assertThat(file.status()).as(path).isEqualTo(200);
            assertThat(file.text()).isNotBlank();
        }
        String page =
                Http.call("GET", world.sandbox.baseUrl() + "/", Map.of(), "").text();
        assertThat(page)
                .contains("<title>Nadi sandbox</title>")
                .doesNotContain("<style")
                .doesNotContain("onclick");
    }
}
