package id.nadi.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.nadi.kernel.ErrorCode;
import id.nadi.ledger.BooksAudit;
import id.nadi.ledger.Ledger;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.testing.FakeFulfilment;
import id.nadi.testing.IntegrationTest;
import id.nadi.testing.Shop;
import id.nadi.testing.Shop.Buyer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@IntegrationTest
class OrderRoadTests {
    @Autowired
    Orders orders;

    @Autowired
    Shop shop;

    @Autowired
    Ledger ledger;

    @Autowired
    FakeFulfilment supplier;

    @Autowired
    BooksAudit audit;

    @AfterEach
    void booksAreRight() {
        assertThat(audit.run())
                .allSatisfy(finding ->
                        assertThat(finding.violations()).as(finding.invariant()).isZero());
    }

    @Test
    void chargesOnceAndDelivers() {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        Order placed = accepted(place(buyer, "a-1", Shop.phone()));

        assertThat(placed.balanceBefore()).isEqualTo(50_000);
        assertThat(placed.balanceAfter()).isEqualTo(50_000 - Shop.PRICE);
        Order ended = ended(buyer, placed.id());
        assertThat(ended.status()).isEqualTo(OrderStatus.SUCCESS);
        assertThat(ended.sn()).startsWith("SN-");
        assertThat(ended.cost()).isEqualTo(Shop.COST);
        assertThat(balance(buyer)).isEqualTo(50_000 - Shop.PRICE);
    }

    @Test
    void returnsTheMoneyOnceWhenNobodyDelivers() {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        String phone = Shop.phone();
        supplier.onBuy(phone, (order, attempt) -> new Outcome.Rejected(Outcome.Reason.FAILED, "no"));
        Order placed = accepted(place(buyer, "a-1", phone));

        assertThat(ended(buyer, placed.id()).status()).isEqualTo(OrderStatus.FAILED);
        assertThat(balance(buyer)).isEqualTo(50_000);
    }

    @Test
    void answersARepeatedReferenceWithTheSameOrder() {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        String phone = Shop.phone();
        Order first = accepted(place(buyer, "same", phone));
        ended(buyer, first.id());

        Placement again = place(buyer, "same", phone);
        assertThat(again).isInstanceOfSatisfying(Placement.Replayed.class, replay -> {
            assertThat(replay.order().id()).isEqualTo(first.id());
            assertThat(replay.order().status()).isEqualTo(OrderStatus.SUCCESS);
        });
        assertThat(refusal(place(buyer, "same", Shop.phone()))).isEqualTo(ErrorCode.REFERENCE_CONFLICT);
        assertThat(balance(buyer)).isEqualTo(50_000 - Shop.PRICE);
    }

    @Test
    void refusesWhatTheWalletCannotPayAndLeavesTheReferenceFree() {
        Buyer buyer = shop.buyer(shop.open(), Shop.PRICE - 1);
        assertThat(refusal(place(buyer, "a-1", Shop.phone()))).isEqualTo(ErrorCode.INSUFFICIENT_BALANCE);
        assertThat(CurrentTenant.call(buyer.tenant().id(), () -> orders.findByReference(buyer.id(), "a-1")))
                .isEmpty();
    }

    private Placement place(Buyer buyer, String reference, String phone) {
        return CurrentTenant.call(
                buyer.tenant().id(),
                () -> orders.place(
                        new PlaceOrder(buyer.id(), reference, Shop.PRODUCT, phone, 1, 1, null, Channel.H2H, null)));
    }

    private static Order accepted(Placement placement) {
        assertThat(placement).isInstanceOf(Placement.Accepted.class);
        return ((Placement.Accepted) placement).order();
    }

    private static ErrorCode refusal(Placement placement) {
        assertThat(placement).isInstanceOf(Placement.Refused.class);
        return ((Placement.Refused) placement).refusal().code();
    }

    private Order ended(Buyer buyer, OrderId id) {
        return await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> CurrentTenant.call(buyer.tenant().id(), () -> orders.get(id)),
                        order -> !order.status().isOpen());
    }

    private long balance(Buyer buyer) {
        return CurrentTenant.call(
                buyer.tenant().id(), () -> ledger.wallet(buyer.wallet().id()).posted());
    }
}
