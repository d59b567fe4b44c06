package id.nadi.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.nadi.audit.Actor;
import id.nadi.kernel.ErrorCode;
import id.nadi.ledger.BooksAudit;
import id.nadi.ledger.Ledger;
import id.nadi.ledger.Wallet;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.tenancy.Setting;
import id.nadi.tenancy.Settings;
import id.nadi.tenancy.Transactions;
import id.nadi.testing.Books;
import id.nadi.testing.FakeFulfilment;
import id.nadi.testing.IntegrationTest;
import id.nadi.testing.Shop;
import id.nadi.testing.Shop.Buyer;
import id.nadi.testing.Sql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;

/** What the tests of the order road share. The books are audited after each of them. */
@IntegrationTest
abstract class RoadTest {
    static final Actor CLERK = Actor.OPERATOR;

    @Autowired
    Orders orders;

    @Autowired
    Shop shop;

    @Autowired
    Ledger ledger;

    @Autowired
    FakeFulfilment supplier;

    @Autowired
    Settings settings;

    @Autowired
    Transactions transactions;

    @Autowired
    BooksAudit audit;

    @AfterEach
    void booksAreRight() {
        Books.areRight(audit);
    }

    PlaceOrder command(Buyer buyer, String reference, String phone, int quantity, int sequence) {
        return new PlaceOrder(buyer.id(), reference, Shop.PRODUCT, phone, quantity, sequence, null, Channel.H2H, null);
    }

    Placement place(Buyer buyer, String reference, String phone) {
        return place(buyer, command(buyer, reference, phone, 1, 1));
    }

    Placement place(Buyer buyer, PlaceOrder command) {
        return CurrentTenant.call(buyer.tenant().id(), () -> orders.place(command));
    }

    /** All at once, from as many threads. */
    List<Placement> placeAtOnce(Buyer buyer, List<PlaceOrder> commands) throws Exception {
        List<Callable<Placement>> work = new ArrayList<>();
        commands.forEach(command -> work.add(() -> place(buyer, command)));
        List<Placement> placed = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Placement> one : threads.invokeAll(work)) {
                placed.add(one.get());
            }
        }
        return placed;
    }

    static Order accepted(Placement placement) {
        assertThat(placement).isInstanceOf(Placement.Accepted.class);
        return ((Placement.Accepted) placement).order();
    }

    static ErrorCode refusal(Placement placement) {
        assertThat(placement).isInstanceOf(Placement.Refused.class);
        return ((Placement.Refused) placement).refusal().code();
    }

    static long countOf(List<Placement> placements, Class<? extends Placement> kind) {
        return placements.stream().filter(kind::isInstance).count();
    }

    Order now(Buyer buyer, OrderId id) {
        return CurrentTenant.call(buyer.tenant().id(), () -> orders.get(id));
    }

    Order reaches(Buyer buyer, OrderId id, OrderStatus status) {
        return await().atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> now(buyer, id), order -> order.status() == status);
    }

    Order ends(Buyer buyer, OrderId id) {
        return await().atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> now(buyer, id), order -> !order.status().isOpen());
    }

    List<Attempt> attempts(Buyer buyer, OrderId id) {
        return CurrentTenant.call(buyer.tenant().id(), () -> orders.attempts(id));
    }

    Wallet wallet(Buyer buyer) {
        return CurrentTenant.call(
                buyer.tenant().id(), () -> ledger.wallet(buyer.wallet().id()));
    }

    <T> void set(Buyer buyer, Setting<T> setting, T value) {
        CurrentTenant.run(buyer.tenant().id(), () -> transactions.run(() -> settings.set(setting, value)));
    }

    long cases(OrderId id) {
        return Sql.superuser()
                .sql("SELECT count(*) FROM order_case WHERE order_id = ?")
                .param(id.value())
                .query(Long.class)
                .single();
    }

    OrderStatus hear(Buyer buyer, OrderId id, int attempt, Outcome outcome) throws InterruptedException {
        Attempt spoken = attempts(buyer, id).get(attempt - 1);
        Orders.Heard heard = CurrentTenant.call(
                buyer.tenant().id(), () -> orders.hear(spoken.supplier(), spoken.reference(), null, outcome));
        assertThat(heard).isInstanceOf(Orders.Heard.Of.class);
        return ((Orders.Heard.Of) heard).status();
    }
}
