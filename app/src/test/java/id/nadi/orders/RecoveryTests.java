package id.nadi.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.nadi.catalog.ProductId;
import id.nadi.kernel.Currency;
import id.nadi.kernel.Ids;
import id.nadi.kernel.Money;
import id.nadi.kernel.SqlValues;
import id.nadi.ledger.AccountId;
import id.nadi.ledger.AccountKind;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.testing.FakeFulfilment;
import id.nadi.testing.Shop;
import id.nadi.testing.Shop.Buyer;
import id.nadi.testing.Sql;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Workers that die at each stage; the running application finds what they left. */
class RecoveryTests extends RoadTest {
    @Autowired
    RoadStatements statements;

    @Autowired
    Lease lease;

    @Autowired
    Claims claims;

    @Test
    void anOrderThatWasNeverSentIsSentByWhoeverTakesOver() {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        Order order = of(buyer, Stage.PLACED);
        kill(order, OLDEST);
        assertThat(ends(buyer, order.id()).status()).isEqualTo(OrderStatus.SUCCESS);
        assertThat(now(buyer, order.id()).fence()).isGreaterThan(order.fence());
        assertThat(supplier.deliveriesOf(new AttemptReference(order.id(), 1).text()))
                .isEqualTo(1);
    }

    @Test
    void anAttemptWithoutAnOutcomeIsSuspectAndNeverSentAgain() {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        Order order = of(buyer, Stage.SENDING);
        kill(order, OLDEST);
        reaches(buyer, order.id(), OrderStatus.SUSPECT);
        assertThat(attempts(buyer, order.id()))
                .hasSize(1)
                .allSatisfy(attempt -> assertThat(attempt.state()).isEqualTo(AttemptState.UNKNOWN));
        assertThat(supplier.deliveriesOf(new AttemptReference(order.id(), 1).text()))
                .isZero();
        supplier.onCheck(order.destination(), FakeFulfilment::delivered);
        assertThat(ends(buyer, order.id()).status()).isEqualTo(OrderStatus.SUCCESS);
    }

    @Test
    void anOrderWhoseSupplierSaidNoGoesOnToTheNextOne() throws Exception {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        Order order = of(buyer, Stage.REJECTED);
        supplier.suppliersFor(order.destination(), 2);
        kill(order, OLDEST);
        assertThat(ends(buyer, order.id()).status()).isEqualTo(OrderStatus.SUCCESS);
        assertThat(attempts(buyer, order.id()))
                .extracting(Attempt::state)
                .containsExactly(AttemptState.REJECTED, AttemptState.DELIVERED);
    }

    @Test
    void whoeverWakesUpAfterItsOrderWasTakenWritesNothing() throws Exception {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        Order order = of(buyer, Stage.SENDING);
        UUID dead = kill(order, OLDEST);
        reaches(buyer, order.id(), OrderStatus.SUSPECT);
        assertThat(statements.begin(order.tenant(), dead, List.of(attempt(order, 2))))
                .containsExactly(false);
        assertThat(statements.settle(order.tenant(), List.of(settlement(buyer, order, OrderStatus.SUCCESS, 1))))
                .extracting(Settlement.Result::changed)
                .containsExactly(false);
        assertThat(now(buyer, order.id()).status()).isEqualTo(OrderStatus.SUSPECT);
        supplier.onCheck(order.destination(), FakeFulfilment::delivered);
        ends(buyer, order.id());
    }

    /** Only orders from a worker's mark on are looked at, so a claim of an older order has to lower it at once. */
    @Test
    void takingOverLowersTheMarkOfWhoeverTookOver() {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        Order order = of(buyer, Stage.PLACED);
        UUID second = Ids.next();
        Sql.superuser()
                .sql("INSERT INTO worker (id, label, lease_until, oldest_open)"
                        + " VALUES (?, 'test', now() + interval '1 hour', ?)")
                .params(second, new UUID(-1, -1))
                .update();
        // The second worker claims it, as a message's rejection would, and dies before its next beat.
        status(order, OrderStatus.PROCESSING, null);
        assertThat(claims.claim(order, 0, second)).isPresent();
        assertThat(Sql.superuser()
                        .sql("SELECT oldest_open <= ? FROM worker WHERE id = ?")
                        .params(order.id().value(), second)
                        .query(Boolean.class)
                        .single())
                .isTrue();
        Sql.superuser()
                .sql("UPDATE worker SET lease_until = '-infinity' WHERE id = ?")
                .param(second)
                .update();
        assertThat(ends(buyer, order.id()).status()).isEqualTo(OrderStatus.SUCCESS);
    }

    @Test
    void anOrderThatStandsStillAfterAFaultIsTakenUpAgainByItsOwnWorker() {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        String phone = Shop.phone();
        supplier.breakChoosing(phone, 2);
        Order order = accepted(place(buyer, "a", phone));
        assertThat(ends(buyer, order.id()).status()).isEqualTo(OrderStatus.SUCCESS);
        await().until(() -> !lease.carries(order.id()));
        assertThat(attempts(buyer, order.id())).hasSize(1);
    }

    @Test
    void anOrderThatNeverCameToBeIsNotCarriedForEver() {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        Order order = ends(buyer, accepted(place(buyer, "a", Shop.phone())).id());
        lease.carry(order.id());
        lease.strand(order.tenant(), order.id());
        await().until(() -> !lease.carries(order.id()));
        assertThat(now(buyer, order.id()).status()).isEqualTo(OrderStatus.SUCCESS);
    }

    private static final UUID OLDEST = new UUID(0, 0);

    private enum Stage {
        PLACED,
        SENDING,
        REJECTED
    }

    /** An order at that stage that nobody carries: placed by this worker, then left by it. */
    private Order of(Buyer buyer, Stage stage) {
        String phone = Shop.phone();
        OrderId id = OrderId.next();
        AccountId inFlight = CurrentTenant.call(
                buyer.tenant().id(), () -> ledger.account(AccountKind.ORDERS_IN_FLIGHT, Currency.IDR));
        NewOrder order = new NewOrder(
                id,
                buyer.tenant().id(),
                buyer.id(),
                "left",
                new byte[16],
                buyer.wallet().id(),
                inFlight,
                Channel.H2H,
                new ProductId(Ids.next()),
                Shop.PRODUCT,
                FakeFulfilment.NAME,
                phone,
                1,
                1,
                Money.idr(Shop.PRICE),
                1,
                null,
                null,
                null,
                Instant.now());
        try {
            statements.place(order.tenant(), lease.worker(), List.of(order));
            Order placed = now(buyer, id);
            if (stage != Stage.PLACED) {
                assertThat(statements.begin(placed.tenant(), lease.worker(), List.of(attempt(placed, 1))))
                        .containsExactly(true);
            }
            if (stage == Stage.REJECTED) {
                assertThat(statements.settle(
                                placed.tenant(), List.of(settlement(buyer, placed, OrderStatus.PROCESSING, 1))))
                        .extracting(Settlement.Result::changed)
                        .containsExactly(true);
            }
            return placed;
        } catch (java.sql.SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** A worker of another process that owned the order and died. */
    private static UUID kill(Order order, UUID mark) {
        UUID dead = Ids.next();
        Sql.superuser()
                .sql("UPDATE orders SET owner = ? WHERE id = ?")
                .params(dead, order.id().value())
                .update();
        Sql.superuser()
                .sql("INSERT INTO worker (id, label, lease_until, oldest_open)"
                        + " VALUES (?, 'test', now() - interval '1 second', ?)")
                .params(dead, mark)
                .update();
        return dead;
    }

    private static void status(Order order, OrderStatus status, @org.jspecify.annotations.Nullable UUID owner) {
        Sql.superuser()
                .sql("UPDATE orders SET status = ?, owner = ?::uuid WHERE id = ?")
                .params(SqlValues.of(status.number(), owner, order.id().value()))
                .update();
        Sql.superuser()
                .sql("INSERT INTO order_change (tenant_id, order_id, status) VALUES (?, ?, ?)")
                .params(order.tenant().value(), order.id().value(), status.number())
                .update();
    }

    private RoadStatements.NewAttempt attempt(Order order, int number) {
        return new RoadStatements.NewAttempt(
                order.tenant(),
                order.id(),
                order.fence(),
                number,
                supplier.supplier(number - 1),
                new AttemptReference(order.id(), number).text(),
                Shop.PRODUCT,
                Shop.COST);
    }

    private Settlement settlement(Buyer buyer, Order order, OrderStatus to, int attempt) {
        Outcome outcome = to == OrderStatus.SUCCESS
                ? new Outcome.Delivered("SN", null, null, null)
                : new Outcome.Rejected(Outcome.Reason.OUT_OF_STOCK, "none left");
        Settlement.Accounts accounts = CurrentTenant.call(
                buyer.tenant().id(),
                () -> new Settlement.Accounts(
                        ledger.account(AccountKind.REVENUE, Currency.IDR),
                        ledger.account(AccountKind.COST_OF_SALES, Currency.IDR),
                        ledger.account(AccountKind.SUPPLIER_DEPOSIT, supplier.supplier(0), Currency.IDR)));
        return new Settlement(order.tenant(), order.id(), attempt, order.fence(), to, outcome, Shop.COST, accounts);
    }
}
