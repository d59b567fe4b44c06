package id.nadi.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.nadi.audit.Actor;
import id.nadi.catalog.Catalog;
import id.nadi.database.DatabaseAccess;
import id.nadi.ledger.BooksAudit;
import id.nadi.ledger.Ledger;
import id.nadi.sandbox.RunningSandbox;
import id.nadi.sandbox.Sandbox;
import id.nadi.sandbox.SandboxOptions;
import id.nadi.sandbox.digiflazz.AccountRequest;
import id.nadi.sandbox.digiflazz.AccountView;
import id.nadi.sandbox.digiflazz.Delivery;
import id.nadi.suppliers.Supplier;
import id.nadi.suppliers.Suppliers;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.testing.IntegrationTest;
import id.nadi.testing.Shop;
import id.nadi.testing.Shop.Buyer;
import id.nadi.testing.TestDatabase;
import id.nadi.testing.Victim;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * A process dies, or sleeps, in the middle of the road, and this one carries its orders on. What was delivered is counted at
 * the sandbox supplier, not believed.
 */
@IntegrationTest
class CrashTests {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** One for the class, started before the context that has to know its port. */
    private static final RunningSandbox sandbox =
            Sandbox.start(SandboxOptions.in(TestDatabase.directoryPath().resolve("crash-sandbox"))
                    .minRepoll(Duration.ZERO)
                    .priceListInterval(Duration.ZERO));

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

    @SuppressWarnings("NullAway.Init")
    private Buyer buyer;

    private @Nullable Process victim;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private @Nullable BufferedWriter toVictim;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("nadi.connect.allow", () -> "127.0.0.1:" + sandbox.port());
        registry.add("nadi.suppliers.call-timeout", () -> "1s");
        registry.add("nadi.suppliers.digiflazz.repoll-min", () -> "500ms");
    }

    @AfterAll
    static void stopSandbox() {
        sandbox.close();
    }

    @BeforeEach
    void openShop() {
        Shop.Open shop = shops.open();
        buyer = shops.buyer(shop, 1_000_000);
        AccountView account = sandbox.digiflazz()
                .createAccount(
                        AccountRequest.named("crash-" + shop.tenant().slug()).balance(10_000_000));
        CurrentTenant.run(shop.tenant().id(), () -> {
            Supplier supplier = suppliers.add(
                    "Sandbox",
                    "digiflazz",
                    URI.create(sandbox.baseUrl() + "/digiflazz/v1"),
                    Map.of(
                            "username", account.username(),
                            "apiKey", account.apiKey(),
                            "webhookSecret", account.webhookSecret()),
                    Actor.OPERATOR);
            assertThat(suppliers.refreshCatalogue(supplier.id(), Actor.OPERATOR))
                    .isPresent();
        });
    }

    @AfterEach
    void nothingIsLostOrDoubled() {
        if (victim != null) {
            victim.destroyForcibly();
        }
        assertThat(audit.run())
                .allSatisfy(finding ->
                        assertThat(finding.violations()).as(finding.invariant()).isZero());
        assertThat(sandbox.digiflazz().summary().deliveredTwice()).isZero();
        assertThat(sandbox.digiflazz().summary().destinationsFilledMoreThanOnce())
                .isZero();
    }

    @Test
    void anOrderThatWasPaidAndNeverSentIsSentOnceByWhoeverSurvives() throws Exception {
        Order order = dieAt(Victim.Stage.PLACED);
        assertThat(ended(order.id()).status()).isEqualTo(OrderStatus.SUCCESS);
        assertThat(purchaseCalls(order.id(), 1)).isEqualTo(1);
    }

    @Test
    void anAttemptThatMayHaveLeftIsUnknownAndIsAskedAboutUnderTheSameReference() throws Exception {
        Order order = dieAt(Victim.Stage.ATTEMPT_BEGUN);
        Order ended = ended(order.id());
        assertThat(ended.status()).isEqualTo(OrderStatus.SUCCESS);
        assertThat(ended.attempts()).isEqualTo(1);
    }

    @Test
    void aDeliveryWhoseReplyDiedWithItsProcessIsFoundAndChargedOnce() throws Exception {
        Order order = dieAt(Victim.Stage.ANSWERED);
        Order ended = ended(order.id());
        assertThat(ended.status()).isEqualTo(OrderStatus.SUCCESS);
        assertThat(ended.attempts()).isEqualTo(1);
        assertThat(ended.sn()).isEqualTo(delivery(order.id(), 1).sn());
    }

    @Test
    void aProcessThatSleptThroughItsLeaseSendsNothingWhenItWakes() throws Exception {
        start(Victim.Stage.WAIT_AFTER_ATTEMPT);
        place("sleeper");
        OrderId order = stoppedAt(Victim.Stage.WAIT_AFTER_ATTEMPT);
        signal("STOP");
        assertThat(ended(order).status()).isEqualTo(OrderStatus.SUCCESS);
        long calls = purchaseCalls(order, 1);

        tell("go");
        signal("CONT");
        await().atMost(PATIENCE)
                .until(() -> heard.stream().anyMatch(line -> line.contains("ANSWERED") || line.contains("lease")));
        assertThat(heard).anyMatch(line -> line.contains("NOT_SENT") || line.contains("lease"));
        assertThat(purchaseCalls(order, 1)).isEqualTo(calls);
        assertThat(CurrentTenant.call(buyer.tenant().id(), () -> orders.get(order))
                        .status())
                .isEqualTo(OrderStatus.SUCCESS);
    }

    /** Places one order in a process that dies there, and answers the order. */
    private Order dieAt(Victim.Stage stage) throws Exception {
        start(stage);
        place("crash-" + stage);
        OrderId id = stoppedAt(stage);
        Process dead = Objects.requireNonNull(victim);
        assertThat(dead.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(dead.exitValue()).isEqualTo(137);
        return CurrentTenant.call(buyer.tenant().id(), () -> orders.get(id));
    }

    private void start(Victim.Stage stage) throws IOException {
        DatabaseAccess access = TestDatabase.get().access();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Dvictim.stage=" + stage,
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName()));
        Map<String, String> settings = Map.ofEntries(
                Map.entry("nadi.db.url", access.url()),
                Map.entry("nadi.db.owner-password", access.owner().password()),
                Map.entry("nadi.db.app-password", access.app().password()),
                Map.entry("nadi.db.platform-password", access.platform().password()),
                Map.entry("nadi.data-dir", System.getProperty("nadi.data-dir")),
                Map.entry("nadi.database.app-connections", "6"),
                Map.entry("nadi.database.platform-connections", "2"),
                Map.entry("server.port", "0"),
                Map.entry("nadi.connect.allow", "127.0.0.1:" + sandbox.port()),
                Map.entry("nadi.suppliers.call-timeout", "1s"),
                Map.entry("nadi.orders.lease", "4s"),
                Map.entry("nadi.orders.lease-margin", "500ms"),
                // It is the other process that has to find what this one leaves behind.
                Map.entry("nadi.orders.recovery-every", "1h"),
                Map.entry("nadi.orders.check-every", "1h"),
                Map.entry("db-scheduler.enabled", "false"));
        settings.forEach((name, value) -> command.add("--" + name + "=" + value));
        Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
        victim = started;
        toVictim = new BufferedWriter(new OutputStreamWriter(started.getOutputStream(), StandardCharsets.UTF_8));
        Thread.ofVirtual().start(() -> listen(started));
        await().atMost(PATIENCE)
                .conditionEvaluationListener(condition -> {
                    if (!started.isAlive()) {
                        throw new AssertionError("the process ended: " + heard);
                    }
                })
                .until(() -> heard.contains("> READY"));
    }

    private void listen(Process process) {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(heard::add);
        } catch (IOException | java.io.UncheckedIOException gone) {
            heard.add("(gone)");
        }
    }

    private void place(String reference) throws IOException {
        tell(String.join(
                " ",
                "place",
                buyer.tenant().id().toString(),
                buyer.id().toString(),
                reference,
                "XLD10",
                "0817" + Shop.phone().substring(4)));
    }

    private void tell(String line) throws IOException {
        BufferedWriter writer = Objects.requireNonNull(toVictim);
        writer.write(line + "\n");
        writer.flush();
    }

    private OrderId stoppedAt(Victim.Stage stage) {
        String prefix = "> AT " + stage + " ";
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(heard).anyMatch(line -> line.startsWith(prefix)));
        String line =
                heard.stream().filter(one -> one.startsWith(prefix)).findFirst().orElseThrow();
        return new OrderId(java.util.UUID.fromString(line.substring(prefix.length())));
    }

    private void signal(String name) throws Exception {
        Process kill = new ProcessBuilder(
                        "kill",
                        "-" + name,
                        Long.toString(Objects.requireNonNull(victim).pid()))
                .start();
        assertThat(kill.waitFor()).isZero();
    }

    private Order ended(OrderId id) {
        return await().atMost(PATIENCE)
                .until(
                        () -> CurrentTenant.call(buyer.tenant().id(), () -> orders.get(id)),
                        order -> !order.status().isOpen());
    }

    private Delivery delivery(OrderId order, int attempt) {
        return sandbox.digiflazz()
                .deliveries(new AttemptReference(order, attempt).text())
                .getFirst();
    }

    private long purchaseCalls(OrderId order, int attempt) {
        return delivery(order, attempt).purchaseCalls();
    }
}
