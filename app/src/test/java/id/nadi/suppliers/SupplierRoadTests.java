package id.nadi.suppliers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.nadi.audit.Actor;
import id.nadi.catalog.Catalog;
import id.nadi.catalog.Product;
import id.nadi.ledger.BooksAudit;
import id.nadi.ledger.Ledger;
import id.nadi.ledger.Wallet;
import id.nadi.orders.Attempt;
import id.nadi.orders.AttemptReference;
import id.nadi.orders.Channel;
import id.nadi.orders.Order;
import id.nadi.orders.OrderId;
import id.nadi.orders.OrderStatus;
import id.nadi.orders.Orders;
import id.nadi.orders.PlaceOrder;
import id.nadi.orders.Placement;
import id.nadi.sandbox.RunningSandbox;
import id.nadi.sandbox.Sandbox;
import id.nadi.sandbox.SandboxOptions;
import id.nadi.sandbox.digiflazz.AccountRequest;
import id.nadi.sandbox.digiflazz.AccountView;
import id.nadi.sandbox.digiflazz.CallbackReceipt;
import id.nadi.sandbox.digiflazz.Delivery;
import id.nadi.sandbox.digiflazz.DigiflazzControl;
import id.nadi.sandbox.digiflazz.Mode;
import id.nadi.sandbox.digiflazz.ProductChange;
import id.nadi.sandbox.digiflazz.ProductView;
import id.nadi.sandbox.digiflazz.RawCallback;
import id.nadi.sandbox.digiflazz.Script;
import id.nadi.sandbox.digiflazz.SwitchChange;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.tenancy.Tenant;
import id.nadi.testing.Books;
import id.nadi.testing.IntegrationTest;
import id.nadi.testing.Shop;
import id.nadi.testing.Shop.Buyer;
import id.nadi.testing.Sql;
import id.nadi.testing.TestDatabase;
import java.net.URI;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Orders bought from a supplier over HTTP that speaks its real protocol and misbehaves. What was delivered is counted there
 * and compared with the books after each test.
 */
@IntegrationTest
class SupplierRoadTests {
    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final long FUNDS = 1_000_000;
    private static final String SKU = "xld10";
    /** Nobody can ask about a reference within a test: only a callback can tell. */
    private static final long NO_ANSWERS_TO_QUESTIONS_MS = 600_000;

    /** One for the class, started before the context that has to know its port. */
    private static final RunningSandbox sandbox =
            Sandbox.start(SandboxOptions.in(TestDatabase.directoryPath().resolve("road-sandbox"))
                    .minRepoll(Duration.ZERO)
                    .priceListInterval(Duration.ZERO));

    private static final DigiflazzControl digiflazz = sandbox.digiflazz();

    @Autowired
    Shop shops;

    @Autowired
    Orders orders;

    @Autowired
    Ledger ledger;

    @Autowired
    Suppliers suppliers;

    @Autowired
    Catalog catalog;

    @Autowired
    BooksAudit audit;

    @LocalServerPort
    int port;

    @SuppressWarnings("NullAway.Init")
    private Tenant tenant;

    @SuppressWarnings("NullAway.Init")
    private Buyer buyer;

    @SuppressWarnings("NullAway.Init")
    private AccountView account;

    @SuppressWarnings("NullAway.Init")
    private Supplier supplier;

    private String phone = "";

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("nadi.connect.allow", () -> "127.0.0.1:" + sandbox.port());
        registry.add("nadi.suppliers.call-timeout", () -> "800ms");
        registry.add("nadi.suppliers.digiflazz.repoll-min", () -> "300ms");
        registry.add("nadi.suppliers.messages-every", () -> "500ms");
    }

    @AfterAll
    static void stopSandbox() {
        sandbox.close();
    }

    @BeforeEach
    void openShop() {
        Shop.Open shop = shops.open();
        tenant = shop.tenant();
        buyer = shops.buyer(shop, FUNDS);
        phone = "0817" + Shop.phone().substring(4);
        account = digiflazz.createAccount(
                AccountRequest.named("road-" + tenant.slug()).balance(10_000_000));
        supplier = connect("Sandbox", account);
        CurrentTenant.run(
                tenant.id(),
                () -> assertThat(suppliers.refreshCatalogue(supplier.id(), Actor.OPERATOR))
                        .isPresent());
    }

    @AfterEach
    void nothingIsLostDoubledOrLeaked() {
        Books.areRight(audit);
        assertThat(digiflazz.summary().deliveredTwice()).isZero();
        assertThat(digiflazz.summary().destinationsFilledMoreThanOnce()).isZero();
        List<String> said = await().atMost(PATIENCE)
                .until(
                        () -> Sql.superuser()
                                .sql("SELECT request || response || outcome FROM supplier_call WHERE tenant_id = ?")
                                .param(tenant.id().value())
                                .query(String.class)
                                .list(),
                        lines -> !lines.isEmpty());
        assertThat(said)
                .allSatisfy(line -> assertThat(line)
                        .doesNotContain(account.apiKey())
                        .doesNotContain(account.webhookSecret())
                        .doesNotContainPattern("\"sign\":\"[0-9a-f]"));
    }

    @Test
    void aDeliveryIsChargedOnceAndCarriesItsProof() {
        Order order = ended(place());
        assertThat(order.status()).isEqualTo(OrderStatus.SUCCESS);
        assertThat(order.sn()).isNotEmpty().isEqualTo(delivery(order.id()).sn());
        assertThat(order.cost()).isEqualTo(delivery(order.id()).price());
        assertThat(digiflazz.account(account.username()).balance())
                .isEqualTo(10_000_000 - delivery(order.id()).price());
        assertPaidFor(order);
        List<SupplierCall> calls = calls(order.id(), 1);
        assertThat(calls).singleElement().satisfies(call -> {
            assertThat(call.kind()).isEqualTo("BUY");
            assertThat(call.request()).contains("\"sign\":\"***\"");
            assertThat(call.outcome()).startsWith("Delivered");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "02, FAILED", "51, DESTINATION_BLOCKED", "54, DESTINATION_WRONG", "53, PRODUCT_UNAVAILABLE",
        "58, SUPPLIER_UNAVAILABLE", "73, LIMIT_EXCEEDED", "41, REQUEST_REFUSED", "62, SUPPLIER_UNAVAILABLE",
        "63, PRODUCT_UNAVAILABLE", "64, LIMIT_EXCEEDED"
    })
    void aRefusalReturnsTheMoneyWithItsReason(String code, String reason) {
        digiflazz.script(phone, Script.of(Script.Outcome.FAIL).rc(code));
        assertRefused(place(), reason);
    }

    @Test
    void aProductThatIsSoldOutThereReturnsTheMoney() {
        withProduct("xld25", ProductChange.stock(0), ProductChange.stock(1_000_000), "OUT_OF_STOCK");
    }

    @Test
    void aProductThatBecameDearerThanItsOrderIsNotBought() {
        long price = price("xld15");
        withProduct("xld15", ProductChange.price(price + 400), ProductChange.price(price), "PRICE_CHANGED");
    }

    @Test
    void aProductThatWasSwitchedOffThereReturnsTheMoney() {
        withProduct("xld30", ProductChange.active(false), ProductChange.active(true), "PRODUCT_UNAVAILABLE");
    }

    @Test
    void anEmptyDepositReturnsTheMoney() {
        digiflazz.setBalance(account.username(), 100);
        assertRefused(place(), "SUPPLIER_BALANCE");
    }

    @Test
    void aSupplierThatMayNotBeReachedReturnsTheMoney() {
        CurrentTenant.run(
                tenant.id(),
                () -> suppliers.reconnect(
                        supplier.id(), URI.create("http://127.0.0.1:1"), credentials(account), Actor.OPERATOR));
        assertRefused(place(), "NOT_SENT");
    }

    @Test
    void whatIsPendingIsSettledByAskingIfNoMessageComes() {
        digiflazz.changeSwitches(account.username(), SwitchChange.set().callbackEnabled(false));
        digiflazz.script(phone, Script.of(Script.Outcome.PENDING_SUCCESS).delayMs(500));
        Order order = ended(place());
        assertThat(order.status()).isEqualTo(OrderStatus.SUCCESS);
        assertThat(order.sn()).isEqualTo(delivery(order.id()).sn());
        assertPaidFor(order);
    }

    @Test
    void aMessageEndsWhatIsPendingWithItsProof() {
        Order order = ended(pending(Script.of(Script.Outcome.PENDING_SUCCESS).delayMs(500)));
        assertThat(order.status()).isEqualTo(OrderStatus.SUCCESS);
        assertThat(order.sn()).isNotEmpty().isEqualTo(delivery(order.id()).sn());
        assertPaidFor(order);
        assertThat(results(supplier, 1).getFirst()).contains("→ SUCCESS");
    }

    @Test
    void aMessageOfFailureReturnsTheMoneyOnce() {
        digiflazz.changeSwitches(account.username(), SwitchChange.set().callbackDuplicates(3));
        Order order =
                ended(pending(Script.of(Script.Outcome.PENDING_FAIL).rc("54").delayMs(500)));
        assertThat(order.status()).isEqualTo(OrderStatus.FAILED);
        assertThat(attempt(order.id()).reason()).isEqualTo("DESTINATION_WRONG");
        assertThat(wallet().posted()).isEqualTo(FUNDS);
    }

    @Test
    void messagesThatComeTwiceAndInAnyOrderChangeAnOrderOnce() {
        digiflazz.changeSwitches(account.username(), SwitchChange.set().callbackDuplicates(3));
        OrderId id = pending(Script.of(Script.Outcome.PENDING_SUCCESS).delayMs(800));
        send(raw(id).status("Pending"));
        Order order = ended(id);
        send(raw(id).status("Pending").rc("99"));
        send(raw(id).status("Sukses").sn("another"));
        send(raw(id).status("Pending"));
        results(supplier, 4);
        Order later = now(id);
        assertThat(later.status()).isEqualTo(OrderStatus.SUCCESS);
        assertThat(later.sn()).isEqualTo(order.sn()).isEqualTo(delivery(id).sn());
        assertPaidFor(later);
        assertThat(cases(id)).isZero();
    }

    @Test
    void whatContradictsAnEndOpensOneCaseAndMovesNoMoney() {
        Order order = ended(place());
        send(raw(order.id()).rc("02"));
        send(raw(order.id()).rc("54"));
        results(supplier, 2);
        assertThat(now(order.id()).status()).isEqualTo(OrderStatus.SUCCESS);
        assertPaidFor(order);
        assertThat(cases(order.id())).isEqualTo(1);
    }

    @Test
    void aSuccessAfterTheMoneyWentBackOpensOneCaseAndMovesNoMoney() {
        digiflazz.script(phone, Script.of(Script.Outcome.FAIL).rc("54"));
        Order order = ended(place());
        send(raw(order.id()).rc("00").sn("late"));
        results(supplier, 1);
        assertThat(now(order.id()).status()).isEqualTo(OrderStatus.FAILED);
        assertThat(wallet().posted()).isEqualTo(FUNDS);
        assertThat(cases(order.id())).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = RawCallback.Signature.class,
            names = {"BAD", "NONE"})
    void aForgedMessageIsKeptAsideWithoutEffect(RawCallback.Signature signature) {
        OrderId id = pending(Script.of(Script.Outcome.PENDING_SUCCESS).delayMs(2_000));
        RawCallback forged = raw(id).rc("02").signature(signature);
        assertThat(digiflazz.sendCallback(forged).httpStatus()).isEqualTo(400);
        assertThat(digiflazz.sendCallback(forged).httpStatus()).isEqualTo(400);
        assertThat(Sql.superuser()
                        .sql("SELECT count FROM quarantine WHERE tenant_id = ? AND reason = 'signature'")
                        .param(tenant.id().value())
                        .query(Long.class)
                        .list())
                .containsExactly(2L);
        assertThat(ended(id).status()).isEqualTo(OrderStatus.SUCCESS);
        assertThat(cases(id)).isZero();
    }

    @Test
    void aMessageToAnUnknownConnectionIsNotTaken() {
        Order order = ended(place());
        digiflazz.setWebhook(account.username(), callbackAddress("digiflazz", "nobody"), null);
        assertThat(digiflazz
                        .sendCallback(RawCallback.about(account.username(), "x").rc("02"))
                        .httpStatus())
                .isEqualTo(404);
        assertThat(cases(order.id())).isZero();
    }

    @Test
    void anotherSuppliersWordAndAnUnknownReferenceHaveNoEffect() {
        AccountView other = digiflazz.createAccount(
                AccountRequest.named("other-" + tenant.slug()).balance(10_000_000));
        Supplier stranger = connect("Another", other);
        OrderId id = pending(Script.of(Script.Outcome.PENDING_SUCCESS).delayMs(2_000));
        String reference = new AttemptReference(id, 1).text();
        send(RawCallback.about(other.username(), reference).rc("02"));
        assertThat(results(stranger, 1)).containsExactly("unknown reference " + reference);
        String later = new AttemptReference(id, 2).text();
        send(RawCallback.about(account.username(), later).rc("02"));
        send(RawCallback.about(account.username(), "whatever").rc("02"));
        assertThat(ended(id).status()).isEqualTo(OrderStatus.SUCCESS);
        assertThat(results(supplier, 3)).contains("unknown reference " + later, "unknown reference whatever");
        assertThat(cases(id)).isZero();
    }

    @Test
    void aMessageAboutAnotherDestinationHasNoEffectAndSaysSo() {
        OrderId id = pending(Script.of(Script.Outcome.PENDING_SUCCESS).delayMs(2_000));
        String reference = new AttemptReference(id, 1).text();
        send(RawCallback.about(account.username(), reference)
                .body("{\"data\":{\"ref_id\":\"" + reference
                        + "\",\"customer_no\":\"081700000000\",\"rc\":\"02\",\"status\":\"Gagal\"}}"));
        assertThat(results(supplier, 1).getFirst())
                .contains("another destination")
                .contains("without effect");
        Order order = ended(id);
        assertThat(order.status()).isEqualTo(OrderStatus.SUCCESS);
        assertPaidFor(order);
        assertThat(cases(id)).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Script.Outcome.class,
            names = {"TIMEOUT_SUCCESS", "TIMEOUT_PENDING_SUCCESS"})
    void aPurchaseWhoseAnswerCameTooLateIsFoundAndChargedOnce(Script.Outcome outcome) {
        Script script = Script.of(outcome);
        digiflazz.script(phone, outcome == Script.Outcome.TIMEOUT_SUCCESS ? script : script.delayMs(400));
        Order order = ended(place());
        assertThat(order.status()).isEqualTo(OrderStatus.SUCCESS);
        assertThat(order.attempts()).isEqualTo(1);
        assertThat(order.sn()).isEqualTo(delivery(order.id()).sn());
        assertPaidFor(order);
        // A message may end the order while its call is still waiting; the call is logged when it gives up.
        await().atMost(PATIENCE)
                .until(() -> calls(order.id(), 1).stream()
                        .anyMatch(call ->
                                call.kind().equals("BUY") && call.outcome().startsWith("Unknown")));
    }

    @Test
    void aFailureWhoseAnswerCameTooLateIsFoundAndPaidBackOnce() {
        digiflazz.script(phone, Script.of(Script.Outcome.TIMEOUT_FAIL).rc("54"));
        Order order = ended(place());
        assertThat(order.status()).isEqualTo(OrderStatus.FAILED);
        assertThat(wallet().posted()).isEqualTo(FUNDS);
        assertThat(calls(order.id(), 2)).extracting(SupplierCall::kind).startsWith("BUY", "CHECK");
    }

    @ParameterizedTest
    @CsvSource({
        "GARBAGE, true",
        "HTTP_500, true",
        "TRUNCATED, true",
        "DOWN, true",
        "HANG, true",
        "GARBAGE, false",
        "HTTP_500, false",
        "DOWN, false"
    })
    void anAnswerThatCannotBeReadKeepsTheMoneyUntilTheSupplierSays(Mode mode, boolean bought) {
        digiflazz.changeSwitches(
                account.username(), SwitchChange.set().mode(mode).buyBeforeFault(bought));
        OrderId id = place();
        reaches(id, OrderStatus.SUSPECT);
        assertThat(wallet().posted()).isEqualTo(FUNDS - now(id).price().amount());
        digiflazz.resetSwitches(account.username());
        assertSettledOnce(id);
    }

    @Test
    void anUnknownCodeKeepsTheMoneyUntilTheSupplierSays() {
        digiflazz.changeSwitches(account.username(), SwitchChange.set().unknownRc("97"));
        OrderId id = place();
        reaches(id, OrderStatus.SUSPECT);
        assertThat(attempt(id).reason()).isEqualTo("RC_97");
        assertThat(wallet().posted()).isEqualTo(FUNDS - now(id).price().amount());
        digiflazz.resetSwitches(account.username());
        assertSettledOnce(id);
    }

    @Test
    void aMessageThatWasStoredByAProcessThatDiedIsAppliedByAnother() {
        digiflazz.changeSwitches(account.username(), SwitchChange.set().callbackEnabled(false));
        OrderId id = pending(Script.of(Script.Outcome.PENDING_SUCCESS).delayMs(300));
        Delivery delivered = await().atMost(PATIENCE).until(() -> delivery(id), one -> one.deliveries() == 1);
        Sql.superuser()
                .sql("""
                        INSERT INTO supplier_message (id, tenant_id, supplier_id, dedupe_key, body, received_at)
                        VALUES (gen_random_uuid(), ?, ?, 'left', ?, now() - interval '10 seconds')""")
                .params(
                        tenant.id().value(),
                        supplier.id().value(),
                        "{\"data\":{\"ref_id\":\"%s\",\"customer_no\":\"%s\",\"rc\":\"00\",\"status\":\"Sukses\",\"sn\":\"%s\"}}"
                                .formatted(delivered.refId(), phone, delivered.sn()))
                .update();
        Order order = ended(id);
        assertThat(order.status()).isEqualTo(OrderStatus.SUCCESS);
        assertThat(order.sn()).isEqualTo(delivered.sn());
        assertThat(results(supplier, 1).getFirst()).contains("→ SUCCESS");
    }

    @Test
    void thePriceListBecomesProductsCostsAndCutOffs() {
        List<ProductView> sold = digiflazz.products().stream()
                .filter(product -> product.price() != null)
                .toList();
        assertThat(sold).hasSizeGreaterThan(200);
        Map<String, Product> products =
                CurrentTenant.call(tenant.id(), () -> catalog.view(tenant.id())).products().stream()
                        .collect(Collectors.toMap(Product::code, product -> product));
        for (ProductView product : sold) {
            Product ours = Objects.requireNonNull(products.get(product.sku().toUpperCase(Locale.ROOT)), product.sku());
            List<Mapping> mappings = suppliers.mappings(tenant.id(), ours.id());
            assertThat(mappings).singleElement().satisfies(mapping -> {
                assertThat(mapping.code()).isEqualTo(product.sku());
                assertThat(mapping.cost()).isEqualTo(product.price());
            });
        }
        Product night = Objects.requireNonNull(products.get("TSELOMG"));
        assertThat(suppliers.mappings(tenant.id(), night.id()).getFirst().cutOff())
                .isEqualTo(Product.CutOff.of(LocalTime.of(23, 30), LocalTime.of(0, 30)));
    }

    @Test
    void whatIsNoLongerOnTheListIsClosedAndTheListIsNotAskedForTooOften() {
        Sql.superuser()
                .sql("""
                        INSERT INTO supplier_product (supplier_id, product_id, tenant_id, code, cost)
                        SELECT ?, id, tenant_id, 'vanished', 10000 FROM product WHERE tenant_id = ? AND code = ?""")
                .params(supplier.id().value(), tenant.id().value(), Shop.PRODUCT)
                .update();
        assertThat(refresh()).as("within the supplier's own interval").isEmpty();
        Sql.superuser()
                .sql("UPDATE supplier SET catalogue_at = now() - interval '6 minutes' WHERE id = ?")
                .param(supplier.id().value())
                .update();
        assertThat(refresh()).hasValueSatisfying(refreshed -> {
            assertThat(refreshed.closed()).isEqualTo(1);
            assertThat(refreshed.changed()).isZero();
        });
        assertThat(Sql.superuser()
                        .sql("SELECT code FROM supplier_product WHERE supplier_id = ? AND NOT available")
                        .param(supplier.id().value())
                        .query(String.class)
                        .list())
                .contains("vanished");
    }

    @Test
    void theBalanceThereIsReadAndASilenceIsRemembered() {
        digiflazz.setBalance(account.username(), 1_234_567);
        assertThat(CurrentTenant.call(tenant.id(), () -> suppliers.refreshBalance(supplier.id())))
                .contains(1_234_567L);
        digiflazz.changeSwitches(account.username(), SwitchChange.set().mode(Mode.GARBAGE));
        assertThat(CurrentTenant.call(tenant.id(), () -> suppliers.refreshBalance(supplier.id())))
                .isEmpty();
        SupplierState state = CurrentTenant.call(tenant.id(), () -> suppliers.state(supplier.id()))
                .orElseThrow();
        assertThat(state.balance()).isEqualTo(1_234_567L);
        assertThat(state.lastError()).isNotNull();
    }

    private Supplier connect(String name, AccountView there) {
        Supplier added = CurrentTenant.call(
                tenant.id(),
                () -> suppliers.add(
                        name,
                        "digiflazz",
                        URI.create(sandbox.baseUrl() + "/digiflazz/v1"),
                        credentials(there),
                        Actor.OPERATOR));
        digiflazz.setWebhook(there.username(), callbackAddress("digiflazz", added.connectionKey()), null);
        return added;
    }

    private String callbackAddress(String provider, String connectionKey) {
        return "http://127.0.0.1:" + port + "/t/" + tenant.slug() + "/callbacks/" + provider + "/" + connectionKey;
    }

    private static Map<String, String> credentials(AccountView account) {
        return Map.of(
                "username", account.username(),
                "apiKey", account.apiKey(),
                "webhookSecret", account.webhookSecret());
    }

    private OrderId place() {
        return place(SKU);
    }

    private OrderId place(String sku) {
        Placement placement = CurrentTenant.call(
                tenant.id(),
                () -> orders.place(
                        new PlaceOrder(buyer.id(), "r-" + phone, sku, phone, 1, 1, null, Channel.H2H, null)));
        assertThat(placement).isInstanceOf(Placement.Accepted.class);
        return ((Placement.Accepted) placement).order().id();
    }

    /** An order that only a message can end: questions are refused. */
    private OrderId pending(Script script) {
        digiflazz.changeSwitches(account.username(), SwitchChange.set().minRepollMs(NO_ANSWERS_TO_QUESTIONS_MS));
        digiflazz.script(phone, script);
        OrderId id = place();
        await().atMost(PATIENCE)
                .until(() -> !digiflazz
                        .deliveries(new AttemptReference(id, 1).text())
                        .isEmpty());
        return id;
    }

    private void withProduct(String sku, ProductChange change, ProductChange back, String reason) {
        digiflazz.changeProduct(sku, change);
        try {
            assertRefused(place(sku), reason);
        } finally {
            digiflazz.changeProduct(sku, back);
        }
    }

    private static long price(String sku) {
        return Objects.requireNonNull(digiflazz.product(sku).price());
    }

    private Optional<Suppliers.Refreshed> refresh() {
        return CurrentTenant.call(tenant.id(), () -> suppliers.refreshCatalogue(supplier.id(), Actor.OPERATOR));
    }

    private RawCallback raw(OrderId order) {
        return RawCallback.about(account.username(), new AttemptReference(order, 1).text());
    }

    private static void send(RawCallback callback) {
        CallbackReceipt receipt = digiflazz.sendCallback(callback);
        assertThat(receipt.httpStatus()).as(receipt.answer()).isEqualTo(200);
    }

    /** What applying the supplier's messages said, once there are so many and all are applied. */
    private static List<String> results(Supplier of, int atLeast) {
        return await().atMost(PATIENCE)
                .until(
                        () -> Sql.superuser()
                                .sql("""
                                        SELECT coalesce(result, '') FROM supplier_message WHERE supplier_id = ?
                                         ORDER BY received_at""")
                                .param(of.id().value())
                                .query(String.class)
                                .list(),
                        results -> results.size() >= atLeast && results.stream().noneMatch(String::isEmpty));
    }

    private void assertRefused(OrderId id, String reason) {
        Order order = ended(id);
        assertThat(order.status()).isEqualTo(OrderStatus.FAILED);
        assertThat(attempt(id).reason()).isEqualTo(reason);
        assertThat(wallet().posted()).isEqualTo(FUNDS);
        assertThat(digiflazz.deliveries(new AttemptReference(id, 1).text()))
                .allSatisfy(there -> assertThat(there.deliveries()).isZero());
    }

    private void assertSettledOnce(OrderId id) {
        Order order = ended(id);
        assertThat(order.status()).isEqualTo(OrderStatus.SUCCESS);
        assertThat(order.attempts()).isEqualTo(1);
        assertThat(order.sn()).isEqualTo(delivery(id).sn());
        assertPaidFor(order);
    }

    private void assertPaidFor(Order order) {
        assertThat(wallet().posted()).isEqualTo(FUNDS - order.price().amount());
        assertThat(delivery(order.id()).deliveries()).isEqualTo(1);
    }

    private Order now(OrderId id) {
        return CurrentTenant.call(tenant.id(), () -> orders.get(id));
    }

    private Order ended(OrderId id) {
        return await().atMost(PATIENCE)
                .until(() -> now(id), order -> !order.status().isOpen());
    }

    private void reaches(OrderId id, OrderStatus status) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> now(id).status() == status);
    }

    private Attempt attempt(OrderId id) {
        return CurrentTenant.call(tenant.id(), () -> orders.attempts(id)).getLast();
    }

    /** The log is written behind the calls. */
    private List<SupplierCall> calls(OrderId id, int atLeast) {
        return await().atMost(PATIENCE)
                .until(
                        () -> CurrentTenant.call(tenant.id(), () -> suppliers.callsAbout(id)),
                        calls -> calls.size() >= atLeast);
    }

    private static Delivery delivery(OrderId order) {
        return digiflazz.deliveries(new AttemptReference(order, 1).text()).getFirst();
    }

    private Wallet wallet() {
        return CurrentTenant.call(
                tenant.id(), () -> ledger.wallet(buyer.wallet().id()));
    }

    private static long cases(OrderId id) {
        return Sql.superuser()
                .sql("SELECT count(*) FROM order_case WHERE order_id = ?")
                .param(id.value())
                .query(Long.class)
                .single();
    }
}
