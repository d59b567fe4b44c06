package id.nadi.sandbox.digiflazz;

import static org.assertj.core.api.Assertions.assertThat;

import id.nadi.sandbox.Http.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PriceListTest {
    private static final Map<String, String> PREPAID = Map.of("cmd", "prepaid");
    private static final Map<String, String> POSTPAID = Map.of("cmd", "pasca");

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
    void listsPrepaidProductsOfEveryCategory() throws IOException {
        JsonNode items = world.buyer(0).priceList(PREPAID).data();

        assertThat(items.size()).isGreaterThan(200);
        assertThat(values(items, "category"))
                .contains(
                        "Pulsa", "Data", "PLN", "E-Money", "Games", "Voucher", "TV", "Streaming", "Paket SMS & Telpon");
        assertThat(values(items, "brand"))
                .contains("TELKOMSEL", "by.U", "INDOSAT", "TRI", "XL", "AXIS", "SMARTFREN", "PLN", "GO PAY", "DANA");
        assertThat(values(items, "buyer_sku_code")).hasSize(items.size()).contains("xld10");
        assertThat(items.path(0).propertyNames())
                .containsExactly(
                        "product_name",
                        "category",
                        "brand",
                        "type",
                        "seller_name",
                        "price",
                        "buyer_sku_code",
                        "buyer_product_status",
                        "seller_product_status",
                        "unlimited_stock",
                        "stock",
                        "multi",
                        "start_cut_off",
                        "end_cut_off",
                        "desc");
    }

    @Test
    void listsPostpaidProductsWithAdminAndCommission() throws IOException {
        JsonNode items = world.buyer(0).priceList(POSTPAID).data();

        assertThat(items.size()).isGreaterThanOrEqualTo(30);
        assertThat(values(items, "buyer_sku_code")).contains("pln", "pdam", "bpjs");
        assertThat(values(items, "category")).containsExactly("Pascabayar");
        assertThat(items.path(0).propertyNames())
                .containsExactly(
                        "product_name",
                        "category",
                        "brand",
                        "seller_name",
                        "admin",
                        "commission",
                        "buyer_sku_code",
                        "buyer_product_status",
                        "seller_product_status",
                        "desc");
    }

    private static Set<String> values(JsonNode items, String field) {
        return new HashSet<>(StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.path(field).asString())
                .toList());
    }

    @Test
    void givesEverythingOnceInFiveMinutes() throws IOException {
        Buyer buyer = world.buyer(0);

        assertThat(buyer.priceList(PREPAID).status()).isEqualTo(200);
        assertThat(buyer.priceList(POSTPAID).status()).isEqualTo(200);
        world.clock.advance(Duration.ofMinutes(4));
        Answer tooSoon = buyer.priceList(PREPAID);
        Answer filtered = buyer.priceList(Map.of("cmd", "prepaid", "brand", "XL"));
        world.clock.advance(Duration.ofMinutes(1));
        Answer inTime = buyer.priceList(PREPAID);

        assertThat(tooSoon.rc()).isEqualTo("83");
        assertThat(tooSoon.status()).isEqualTo(400);
        assertThat(filtered.rc()).isEqualTo("83");
        assertThat(inTime.status()).isEqualTo(200);
    }

    @Test
    void givesOneProductOnceASecond() throws IOException {
        Buyer buyer = world.buyer(0);
        Map<String, String> xld10 = Map.of("cmd", "prepaid", "code", "xld10");

        Answer first = buyer.priceList(xld10);
        Answer tooSoon = buyer.priceList(xld10);
        Answer other = buyer.priceList(Map.of("cmd", "prepaid", "code", "xld5"));
        world.clock.advance(Duration.ofSeconds(1));
        Answer inTime = buyer.priceList(xld10);

        assertThat(first.data().size()).isEqualTo(1);
        assertThat(tooSoon.rc()).isEqualTo("83");
        assertThat(other.data().size()).isEqualTo(1);
        assertThat(inTime.data()).isEqualTo(first.data());
    }

    @Test
    void filters() throws IOException {
        JsonNode items = world.buyer(0)
                .priceList(Map.of("cmd", "prepaid", "category", "Pulsa", "brand", "XL", "type", "Umum"))
                .data();

        assertThat(values(items, "category")).containsExactly("Pulsa");
        assertThat(values(items, "brand")).containsExactly("XL");
        assertThat(world.buyer(0)
                        .priceList(Map.of("cmd", "pasca", "code", "no-such-sku"))
                        .data()
                        .size())
                .isZero();
    }

    @Test
    void showsChangesAtOnce() throws IOException {
        world.control.changeProduct("xld30", ProductChange.price(31_415));
        world.control.changeProduct("xld50", ProductChange.active(false));

        JsonNode items = world.buyer(0).priceList(PREPAID).data();

        assertThat(item(items, "xld30").path("price").asLong()).isEqualTo(31_415);
        assertThat(item(items, "xld50").path("buyer_product_status").asBoolean())
                .isFalse();
    }

    private static JsonNode item(JsonNode items, String sku) {
        return StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.path("buyer_sku_code").asString().equals(sku))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void takesIntervalsFromTheSwitches() throws IOException {
        AccountView account = world.account(0);
        world.control.changeSwitches(account.username(), SwitchChange.set().priceListIntervalMs(0));
        Buyer buyer = new Buyer(world.sandbox, account);

        for (Map<String, String> command : List.of(PREPAID, PREPAID, PREPAID)) {
            assertThat(buyer.priceList(command).status()).isEqualTo(200);
        }
    }
}
