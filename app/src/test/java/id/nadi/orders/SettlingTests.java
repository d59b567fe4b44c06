package id.nadi.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Ids;
import id.nadi.kernel.RefusedException;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.testing.FakeFulfilment;
import id.nadi.testing.Shop;
import id.nadi.testing.Shop.Buyer;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SettlingTests extends RoadTest {
    private static final Outcome DELIVERED = new Outcome.Delivered("SN-1", 9_900L, "S-1", null);
    private static final Outcome NUMBER_WRONG =
            new Outcome.Rejected(Outcome.Reason.DESTINATION_WRONG, "no such number");
    private static final Outcome DOWN = new Outcome.Rejected(Outcome.Reason.SUPPLIER_UNAVAILABLE, "down");

    @Autowired
    RoadStatements statements;

    @Autowired
    Lease lease;

    @Test
    void aPendingOrderEndsWithTheSuppliersMessageAtItsCost() throws Exception {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        Order order = waiting(buyer);
        assertThat(hear(buyer, order.id(), 1, DELIVERED)).isEqualTo(OrderStatus.SUCCESS);
        Order ended = now(buyer, order.id());
        assertThat(ended.sn()).isEqualTo("SN-1");
        assertThat(ended.cost()).isEqualTo(9_900);
        assertThat(wallet(buyer).posted()).isEqualTo(50_000 - Shop.PRICE);
    }

    @Test
    void refundsOnceWhenTheMessageArrivesManyTimesAtOnce() throws Exception {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        Order order = waiting(buyer);
        List<Callable<OrderStatus>> work = Collections.nCopies(30, () -> hear(buyer, order.id(), 1, NUMBER_WRONG));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<OrderStatus> one : threads.invokeAll(work)) {
                assertThat(one.get()).isEqualTo(OrderStatus.FAILED);
            }
        }
        assertThat(wallet(buyer).posted()).isEqualTo(50_000);
        assertThat(wallet(buyer).version()).as("deposit, charge and one refund").isEqualTo(3);
        assertThat(cases(order.id())).isZero();
    }

    @Test
    void aContradictionOpensOneCaseAndMovesNoMoney() throws Exception {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        Order order = waiting(buyer);
        hear(buyer, order.id(), 1, DELIVERED);
        assertThat(hear(buyer, order.id(), 1, NUMBER_WRONG)).isEqualTo(OrderStatus.SUCCESS);
        assertThat(hear(buyer, order.id(), 1, NUMBER_WRONG)).isEqualTo(OrderStatus.SUCCESS);
        assertThat(hear(buyer, order.id(), 1, DELIVERED)).isEqualTo(OrderStatus.SUCCESS);
        assertThat(hear(buyer, order.id(), 1, new Outcome.Pending(FakeFulfilment.soon(), null, null)))
                .as("a late pending changes nothing")
                .isEqualTo(OrderStatus.SUCCESS);
        assertThat(cases(order.id())).isEqualTo(1);
        assertThat(wallet(buyer).posted()).isEqualTo(50_000 - Shop.PRICE);
    }

    @Test
    void aMessageThatIsNotOurSuppliersIsNotBelieved() throws Exception {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        Order order = waiting(buyer);
        String reference = attempts(buyer, order.id()).getFirst().reference();
        Buyer stranger = shop.buyer(shop.open(), 0);
        assertThat(CurrentTenant.call(
                        buyer.tenant().id(), () -> orders.hear(supplier.supplier(1), reference, null, DELIVERED)))
                .isInstanceOf(Orders.Heard.UnknownReference.class);
        assertThat(CurrentTenant.call(
                        stranger.tenant().id(), () -> orders.hear(supplier.supplier(0), reference, null, DELIVERED)))
                .isInstanceOf(Orders.Heard.UnknownReference.class);
        for (String other :
                List.of("", "N", reference.replace("-1", "-2"), new AttemptReference(OrderId.next(), 1).text())) {
            assertThat(CurrentTenant.call(
                            buyer.tenant().id(), () -> orders.hear(supplier.supplier(0), other, null, DELIVERED)))
                    .isInstanceOf(Orders.Heard.UnknownReference.class);
        }
        assertThat(now(buyer, order.id()).status()).isEqualTo(OrderStatus.PROCESSING);
        hear(buyer, order.id(), 1, DELIVERED);
    }

    @Test
    void whatIsUnknownIsKeptCheckedAndThenSettled() {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        String phone = Shop.phone();
        CountDownLatch found = new CountDownLatch(1);
        supplier.onBuy(phone, (order, attempt) -> new Outcome.Unknown("TIMEOUT", FakeFulfilment.soon()));
        supplier.onCheck(
                phone,
                attempt -> found.getCount() == 0
                        ? FakeFulfilment.delivered(attempt)
                        : new Outcome.Unknown("STILL_SILENT", FakeFulfilment.soon()));
        Order order = accepted(place(buyer, "a", phone));
        reaches(buyer, order.id(), OrderStatus.SUSPECT);
        assertThat(wallet(buyer).posted()).isEqualTo(50_000 - Shop.PRICE);
        found.countDown();
        assertThat(ends(buyer, order.id()).status()).isEqualTo(OrderStatus.SUCCESS);
        assertThat(attempts(buyer, order.id())).hasSize(1);
    }

    @Test
    void aFaultOfTheDriverIsUnknownAndNotAFailure() {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        String phone = Shop.phone();
        supplier.onBuy(phone, (order, attempt) -> {
            throw new IllegalStateException("the driver broke after the first byte, as the test wants it");
        });
        supplier.onCheck(phone, FakeFulfilment::delivered);
        Order order = accepted(place(buyer, "a", phone));
        assertThat(ends(buyer, order.id()).status()).isEqualTo(OrderStatus.SUCCESS);
    }

    @Test
    void aDefiniteNoGoesToTheNextSupplierAndAWrongNumberDoesNot() {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        String phone = Shop.phone();
        supplier.suppliersFor(phone, 2);
        supplier.onBuy(phone, (order, attempt) -> attempt.number() == 1 ? DOWN : FakeFulfilment.delivered(attempt));
        Order order = accepted(place(buyer, "a", phone));
        assertThat(ends(buyer, order.id()).status()).isEqualTo(OrderStatus.SUCCESS);
        assertThat(attempts(buyer, order.id()))
                .extracting(Attempt::state)
                .containsExactly(AttemptState.REJECTED, AttemptState.DELIVERED);

        String wrong = Shop.phone();
        supplier.suppliersFor(wrong, 2);
        supplier.onBuy(wrong, (one, attempt) -> NUMBER_WRONG);
        Order failed = ends(buyer, accepted(place(buyer, "b", wrong)).id());
        assertThat(failed.status()).isEqualTo(OrderStatus.FAILED);
        assertThat(failed.errorCode()).isEqualTo("DESTINATION_WRONG");
        assertThat(attempts(buyer, failed.id())).hasSize(1);
    }

    @Test
    void anUnknownIsNeverBoughtElsewhereUntilACheckSaysNo() {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        String phone = Shop.phone();
        supplier.suppliersFor(phone, 2);
        supplier.onBuy(
                phone,
                (order, attempt) -> attempt.number() == 1
                        ? new Outcome.Unknown("TIMEOUT", FakeFulfilment.soon())
                        : FakeFulfilment.delivered(attempt));
        supplier.onCheck(phone, attempt -> DOWN);
        Order order = accepted(place(buyer, "a", phone));
        assertThat(ends(buyer, order.id()).status()).isEqualTo(OrderStatus.SUCCESS);
        assertThat(attempts(buyer, order.id()))
                .extracting(Attempt::state)
                .containsExactly(AttemptState.REJECTED, AttemptState.DELIVERED);
    }

    @Test
    void aMessageThatRejectsSendsTheOrderOnToTheNextSupplier() throws Exception {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        String phone = Shop.phone();
        supplier.suppliersFor(phone, 2);
        supplier.onBuy(
                phone,
                (order, attempt) -> attempt.number() == 1
                        ? new Outcome.Pending(Instant.now().plusSeconds(600), null, null)
                        : FakeFulfilment.delivered(attempt));
        Order order = accepted(place(buyer, "a", phone));
        awaitAttempt(buyer, order.id(), AttemptState.PENDING);
        hear(buyer, order.id(), 1, DOWN);
        assertThat(ends(buyer, order.id()).status()).isEqualTo(OrderStatus.SUCCESS);
        assertThat(hear(buyer, order.id(), 1, DELIVERED)).isEqualTo(OrderStatus.SUCCESS);
        assertThat(cases(order.id()))
                .as("the first supplier delivered after all")
                .isEqualTo(1);
    }

    /** The message overtakes the reply: whoever has the call in flight still goes on to the next supplier. */
    @Test
    void aPendingMessageDuringTheCallDoesNotTakeTheOrderFromItsWorker() throws Exception {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        String phone = Shop.phone();
        CountDownLatch calling = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        supplier.suppliersFor(phone, 2);
        supplier.onBuy(phone, (order, attempt) -> {
            if (attempt.number() == 2) {
                return FakeFulfilment.delivered(attempt);
            }
            calling.countDown();
            awaitLatch(answer);
            return DOWN;
        });
        Order order = accepted(place(buyer, "a", phone));
        awaitLatch(calling);
        hear(buyer, order.id(), 1, new Outcome.Pending(Instant.now().plusSeconds(600), null, null));
        answer.countDown();
        assertThat(ends(buyer, order.id()).status()).isEqualTo(OrderStatus.SUCCESS);
        assertThat(attempts(buyer, order.id())).hasSize(2);
    }

    @Test
    void anAttemptBeginsOnlyForItsOwnerFenceNumberAndStatus() throws Exception {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        Order order = waiting(buyer);
        long fence = now(buyer, order.id()).fence();
        for (var attempt : List.of(
                attempt(order, fence, 2),
                attempt(order, fence + 1, 2),
                attempt(order, fence, 1),
                attempt(order, fence, 3))) {
            assertThat(statements.begin(order.tenant(), lease.worker(), List.of(attempt)))
                    .as("a pending order has no owner: %s", attempt)
                    .containsExactly(false);
        }
        own(order, lease.worker());
        assertThat(statements.begin(order.tenant(), Ids.next(), List.of(attempt(order, fence, 2))))
                .as("another worker")
                .containsExactly(false);
        assertThat(statements.begin(order.tenant(), lease.worker(), List.of(attempt(order, fence - 1, 2))))
                .as("an old fence")
                .containsExactly(false);
        assertThat(statements.begin(order.tenant(), lease.worker(), List.of(attempt(order, fence, 3))))
                .as("a number too far")
                .containsExactly(false);
        hear(buyer, order.id(), 1, DELIVERED);
        own(order, lease.worker());
        assertThat(statements.begin(order.tenant(), lease.worker(), List.of(attempt(order, fence, 2))))
                .as("an order that has ended")
                .containsExactly(false);
        own(order, null);
        assertThat(attempts(buyer, order.id())).hasSize(1);
    }

    @Test
    void staffEndASuspectOrderAsDelivered() throws Exception {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        Order order = suspect(buyer);
        assertThat(CurrentTenant.call(
                        buyer.tenant().id(), () -> orders.confirmDelivered(order.id(), "SN-BY-PHONE", CLERK)))
                .isEqualTo(OrderStatus.SUCCESS);
        assertThat(now(buyer, order.id()).sn()).isEqualTo("SN-BY-PHONE");
        refuses(() -> CurrentTenant.call(
                buyer.tenant().id(), () -> orders.confirmFailed(order.id(), "changed my mind", CLERK)));
    }

    @Test
    void staffEndASuspectOrderAsFailedAndALateDeliveryIsACase() throws Exception {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        Order order = suspect(buyer);
        assertThat(CurrentTenant.call(
                        buyer.tenant().id(), () -> orders.confirmFailed(order.id(), "the supplier said so", CLERK)))
                .isEqualTo(OrderStatus.FAILED);
        assertThat(wallet(buyer).posted()).isEqualTo(50_000);
        assertThat(hear(buyer, order.id(), 1, DELIVERED)).isEqualTo(OrderStatus.FAILED);
        assertThat(cases(order.id())).isEqualTo(1);
        assertThat(wallet(buyer).posted()).isEqualTo(50_000);
    }

    @Test
    void staffCannotEndAnOrderWhileItsSupplierIsBeingAsked() {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        String phone = Shop.phone();
        CountDownLatch asking = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        supplier.onBuy(phone, (order, attempt) -> new Outcome.Unknown("TIMEOUT", FakeFulfilment.soon()));
        supplier.onCheck(phone, attempt -> {
            asking.countDown();
            awaitLatch(answer);
            return FakeFulfilment.delivered(attempt);
        });
        Order order = accepted(place(buyer, "a", phone));
        awaitLatch(asking);
        refuses(() -> CurrentTenant.call(buyer.tenant().id(), () -> orders.confirmFailed(order.id(), "no", CLERK)));
        answer.countDown();
        assertThat(ends(buyer, order.id()).status()).isEqualTo(OrderStatus.SUCCESS);
        assertThat(cases(order.id())).isZero();
    }

    @Test
    void aSuccessIsRefundedOnce() {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        Order order = ends(buyer, accepted(place(buyer, "a", Shop.phone())).id());
        CurrentTenant.run(buyer.tenant().id(), () -> orders.refund(order.id(), "wrong number typed", CLERK));
        assertThat(now(buyer, order.id()).status()).isEqualTo(OrderStatus.REFUNDED);
        refuses(() -> CurrentTenant.call(buyer.tenant().id(), () -> orders.refund(order.id(), "again", CLERK)));
        assertThat(wallet(buyer).posted()).isEqualTo(50_000);
    }

    private Order waiting(Buyer buyer) {
        String phone = Shop.phone();
        supplier.onBuy(
                phone, (order, attempt) -> new Outcome.Pending(Instant.now().plusSeconds(600), null, null));
        Order order = accepted(place(buyer, "waiting", phone));
        awaitAttempt(buyer, order.id(), AttemptState.PENDING);
        return order;
    }

    private Order suspect(Buyer buyer) {
        String phone = Shop.phone();
        supplier.onBuy(phone, (order, attempt) -> new Outcome.Unknown("TIMEOUT", null));
        Order order = accepted(place(buyer, "suspect", phone));
        return reaches(buyer, order.id(), OrderStatus.SUSPECT);
    }

    private void awaitAttempt(Buyer buyer, OrderId order, AttemptState state) {
        org.awaitility.Awaitility.await()
                .until(() -> attempts(buyer, order).stream().anyMatch(one -> one.state() == state));
    }

    private static RoadStatements.NewAttempt attempt(Order order, long fence, int number) {
        return new RoadStatements.NewAttempt(
                order.tenant(), order.id(), fence, number, Ids.next(), "R-" + number, "S10", 1);
    }

    private static void own(Order order, java.util.@org.jspecify.annotations.Nullable UUID worker) {
        id.nadi.testing.Sql.superuser()
                .sql("UPDATE orders SET owner = ?::uuid WHERE id = ?")
                .params(id.nadi.kernel.SqlValues.of(worker, order.id().value()))
                .update();
    }

    private static void refuses(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(ErrorCode.STATE_CHANGED));
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(15, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
