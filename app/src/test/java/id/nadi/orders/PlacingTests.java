package id.nadi.orders;

import static org.assertj.core.api.Assertions.assertThat;

import id.nadi.kernel.Currency;
import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Ids;
import id.nadi.kernel.Money;
import id.nadi.kernel.Page;
import id.nadi.ledger.AccountKind;
import id.nadi.ledger.PostingKind;
import id.nadi.ledger.Purpose;
import id.nadi.resellers.Markup;
import id.nadi.resellers.Resellers;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.testing.Shop;
import id.nadi.testing.Shop.Buyer;
import id.nadi.testing.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class PlacingTests extends RoadTest {
    @Autowired
    RoadStatements statements;

    @Autowired
    Lease lease;

    @Autowired
    Resellers resellers;

    @Test
    void oneReferenceFromManyThreadsIsOneOrderAndOneCharge() throws Exception {
        Buyer buyer = shop.buyer(shop.open(), 500_000);
        PlaceOrder command = command(buyer, "same", Shop.phone(), 1, 1);
        List<Placement> placed = placeAtOnce(buyer, Collections.nCopies(40, command));
        assertThat(countOf(placed, Placement.Accepted.class)).isEqualTo(1);
        assertThat(countOf(placed, Placement.Replayed.class)).isEqualTo(39);
        ends(
                buyer,
                accepted(placed.stream()
                                .filter(Placement.Accepted.class::isInstance)
                                .findFirst()
                                .orElseThrow())
                        .id());
        assertThat(wallet(buyer).posted()).isEqualTo(500_000 - Shop.PRICE);
    }

    @Test
    void oneReferenceForTwoRequestsAtOnceIsOneOrderAndConflicts() throws Exception {
        Buyer buyer = shop.buyer(shop.open(), 500_000);
        List<PlaceOrder> commands = IntStream.range(0, 10)
                .mapToObj(number -> command(buyer, "same", Shop.phone(), 1, 1))
                .toList();
        List<Placement> placed = placeAtOnce(buyer, commands);
        assertThat(countOf(placed, Placement.Accepted.class)).isEqualTo(1);
        assertThat(placed)
                .filteredOn(Placement.Refused.class::isInstance)
                .hasSize(9)
                .allSatisfy(one -> assertThat(refusal(one)).isEqualTo(ErrorCode.REFERENCE_CONFLICT));
        assertThat(wallet(buyer).posted()).isEqualTo(500_000 - Shop.PRICE);
    }

    @Test
    void anEarlierOrderIsAnsweredEvenIfANewOneWouldBeRefused() {
        Buyer buyer = shop.buyer(shop.open(), Shop.PRICE);
        String phone = Shop.phone();
        Order first = accepted(place(buyer, "a", phone));
        ends(buyer, first.id());
        assertThat(place(buyer, new PlaceOrder(buyer.id(), "a", Shop.PRODUCT, phone, 1, 1, 1L, Channel.H2H, null)))
                .as("the price is above the maximum by now")
                .isInstanceOfSatisfying(
                        Placement.Replayed.class,
                        replay -> assertThat(replay.order().id()).isEqualTo(first.id()));
    }

    @Test
    void aReferenceIsFreeAgainAfterARefusal() {
        Buyer buyer = shop.buyer(shop.open(), Shop.PRICE - 1);
        String phone = Shop.phone();
        assertThat(refusal(place(buyer, "a", phone))).isEqualTo(ErrorCode.INSUFFICIENT_BALANCE);
        credit(buyer, 1);
        ends(buyer, accepted(place(buyer, "a", phone)).id());
        assertThat(wallet(buyer).posted()).isZero();
    }

    /** In one batch what cannot be paid is passed over, and what comes behind it may still fit. */
    @Test
    void anUnaffordableOrderIsSkippedAndTheNextFits() throws SQLException {
        Buyer buyer = shop.buyer(shop.open(), 30_000);
        List<RoadStatements.Placed> placed = batch(buyer, 12_000, 25_000, 10_000, 9_000, 8_000, 0);
        assertThat(placed)
                .extracting(RoadStatements.Placed::verdict)
                .containsExactly(
                        RoadStatements.Verdict.ACCEPTED,
                        RoadStatements.Verdict.BALANCE_SHORT,
                        RoadStatements.Verdict.ACCEPTED,
                        RoadStatements.Verdict.BALANCE_SHORT,
                        RoadStatements.Verdict.ACCEPTED,
                        RoadStatements.Verdict.ACCEPTED);
        assertThat(placed.get(2).before()).isEqualTo(18_000);
        assertThat(placed.get(2).after()).isEqualTo(8_000);
        assertThat(wallet(buyer).posted()).isZero();
        assertThat(wallet(buyer).version())
                .as("a posting for each that took something")
                .isEqualTo(4);
    }

    @Test
    void aBatchPostedAgainAfterADoubtFindsItsOwnOrders() throws SQLException {
        Buyer buyer = shop.buyer(shop.open(), 30_000);
        List<NewOrder> orders = List.of(order(buyer, 10_000, null, null), order(buyer, 5_000, null, null));
        statements.place(buyer.tenant().id(), lease.worker(), orders);
        assertThat(statements.place(buyer.tenant().id(), lease.worker(), orders))
                .extracting(RoadStatements.Placed::verdict)
                .containsOnly(RoadStatements.Verdict.ACCEPTED);
        assertThat(wallet(buyer).posted()).isEqualTo(15_000);
    }

    @Test
    void aWorkerWithoutARowPlacesNothing() {
        Buyer buyer = shop.buyer(shop.open(), 30_000);
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                SQLException.class,
                                () -> statements.place(
                                        buyer.tenant().id(), Ids.next(), List.of(order(buyer, 1, null, null))))
                        .getSQLState())
                .isEqualTo("ND001");
        assertThat(wallet(buyer).posted()).isEqualTo(30_000);
    }

    @Test
    void theSameProductAndDestinationNeedsTheNextSequence() {
        Buyer buyer = shop.buyer(shop.open(), 500_000);
        String phone = Shop.phone();
        accepted(place(buyer, "a", phone));
        assertThat(refusal(place(buyer, "b", phone))).isEqualTo(ErrorCode.DUPLICATE_ORDER);
        accepted(place(buyer, command(buyer, "b", phone, 1, 2)));
        assertThat(refusal(place(buyer, command(buyer, "c", phone, 1, 2)))).isEqualTo(ErrorCode.DUPLICATE_ORDER);
        set(buyer, OrderSettings.DUPLICATE_GUARD, false);
        accepted(place(buyer, "c", phone));
    }

    @Test
    void aFailureFreesTheSlot() {
        Buyer buyer = shop.buyer(shop.open(), 500_000);
        String phone = Shop.phone();
        supplier.onBuy(phone, (order, attempt) -> new Outcome.Rejected(Outcome.Reason.DESTINATION_WRONG, "no"));
        assertThat(ends(buyer, accepted(place(buyer, "a", phone)).id()).status())
                .isEqualTo(OrderStatus.FAILED);
        accepted(place(buyer, "b", phone));
    }

    @Test
    void twoBuyersAtOnceGetOneSlot() throws Exception {
        Shop.Open open = shop.open();
        List<Buyer> buyers = IntStream.range(0, 4)
                .mapToObj(number -> shop.buyer(open, 500_000))
                .toList();
        String phone = Shop.phone();
        List<PlaceOrder> commands = new ArrayList<>();
        buyers.forEach(buyer -> commands.add(command(buyer, "a", phone, 1, 1)));
        List<Placement> placed = placeAtOnce(buyers.getFirst(), commands);
        assertThat(countOf(placed, Placement.Accepted.class)).isEqualTo(1);
        assertThat(placed)
                .filteredOn(Placement.Refused.class::isInstance)
                .allSatisfy(one -> assertThat(refusal(one)).isEqualTo(ErrorCode.DUPLICATE_ORDER));
    }

    @Test
    void aDestinationHasItsDailyMaximumHoweverManyAskAtOnce() throws Exception {
        Shop.Open open = shop.open();
        List<Buyer> buyers = IntStream.range(0, 5)
                .mapToObj(number -> shop.buyer(open, 500_000))
                .toList();
        set(buyers.getFirst(), OrderSettings.DESTINATION_DAILY_MAX, 3);
        String phone = Shop.phone();
        List<PlaceOrder> commands = new ArrayList<>();
        for (int sequence = 1; sequence <= 20; sequence++) {
            commands.add(command(buyers.get(sequence % 5), "s" + sequence, phone, 1, sequence));
        }
        List<Placement> placed = placeAtOnce(buyers.getFirst(), commands);
        assertThat(countOf(placed, Placement.Accepted.class)).isEqualTo(3);
        assertThat(placed)
                .filteredOn(Placement.Refused.class::isInstance)
                .hasSize(17)
                .allSatisfy(one -> assertThat(refusal(one)).isEqualTo(ErrorCode.DESTINATION_DAILY_LIMIT));
    }

    @Test
    void theMinimumStaysInTheWallet() {
        Buyer buyer = shop.buyer(shop.open(), Shop.PRICE + 999);
        terms(buyer, 1_000, 0);
        assertThat(refusal(place(buyer, "a", Shop.phone()))).isEqualTo(ErrorCode.INSUFFICIENT_BALANCE);
        credit(buyer, 1);
        accepted(place(buyer, "a", Shop.phone()));
        assertThat(wallet(buyer).posted()).isEqualTo(1_000);
    }

    @Test
    void creditIsDrawnBehindTheWalletAndPaidFirstByARefund() {
        Buyer buyer = shop.buyer(shop.open(), 4_000);
        terms(buyer, 0, 20_000);
        String phone = Shop.phone();
        supplier.onBuy(phone, (order, attempt) -> new Outcome.Rejected(Outcome.Reason.DESTINATION_WRONG, "no"));
        ends(buyer, accepted(place(buyer, "fails", phone)).id());
        assertThat(wallet(buyer).posted()).isEqualTo(4_000);
        assertThat(wallet(buyer).owed()).isZero();

        accepted(place(buyer, "a", Shop.phone()));
        assertThat(wallet(buyer).posted()).isZero();
        assertThat(wallet(buyer).owed()).isEqualTo(Shop.PRICE - 4_000);
        accepted(place(buyer, "b", Shop.phone()));
        assertThat(refusal(place(buyer, "c", Shop.phone()))).isEqualTo(ErrorCode.INSUFFICIENT_BALANCE);
        terms(buyer, 0, 0);
        assertThat(refusal(place(buyer, "c", Shop.phone()))).isEqualTo(ErrorCode.RECEIVABLE_OUTSTANDING);
    }

    @Test
    void theQuantityMultipliesThePriceAndIsBounded() {
        Buyer buyer = shop.buyer(shop.open(), 500_000);
        Order three = accepted(place(buyer, command(buyer, "a", Shop.phone(), 3, 1)));
        assertThat(three.price()).isEqualTo(Money.idr(3 * Shop.PRICE));
        assertThat(wallet(buyer).posted()).isEqualTo(500_000 - 3 * Shop.PRICE);
        for (int quantity : new int[] {0, -1, 6, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThat(refusal(place(buyer, command(buyer, "b", Shop.phone(), quantity, 1))))
                    .isEqualTo(ErrorCode.QUANTITY_INVALID);
        }
        for (int sequence : new int[] {0, -1, 100}) {
            assertThat(refusal(place(buyer, command(buyer, "b", Shop.phone(), 1, sequence))))
                    .isEqualTo(ErrorCode.SEQUENCE_INVALID);
        }
    }

    @Test
    void thePriceIsFrozenWhenPlaced() {
        Shop.Open open = shop.open();
        Buyer buyer = shop.buyer(open, 500_000);
        Order before = accepted(place(buyer, "a", Shop.phone()));
        CurrentTenant.run(
                open.tenant().id(), () -> resellers.setMarkup(open.level(), null, null, Markup.fixed(900), CLERK));
        Order after = accepted(place(buyer, "b", Shop.phone()));
        assertThat(ends(buyer, before.id()).price()).isEqualTo(Money.idr(Shop.PRICE));
        assertThat(after.price()).isEqualTo(Money.idr(Shop.COST + 900));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "\u0000", "a\u0000b", "é", "💥", "\n", "'; DROP TABLE orders", "\uD800"})
    void aReferenceThatCouldNeverBeTakenIsRefusedWithItsCode(String reference) {
        Buyer buyer = shop.buyer(shop.open(), 0);
        assertThat(refusal(place(buyer, reference, Shop.phone()))).isEqualTo(ErrorCode.FIELD_INVALID);
        assertThat(CurrentTenant.call(buyer.tenant().id(), () -> orders.findByReference(buyer.id(), reference)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0812", "0812\u00005678901", "0812 💥 345678", "08123456789012345", "abc", "٠٨١٢٣٤٥٦٧٨٩٠"})
    void aDestinationThatIsNoneIsRefusedWithItsCode(String destination) {
        Buyer buyer = shop.buyer(shop.open(), 0);
        assertThat(refusal(place(buyer, "a", destination))).isEqualTo(ErrorCode.DESTINATION_INVALID);
    }

    @Test
    void otherOperatorsNumbersClosedAndUnknownProductsAreRefused() {
        Buyer buyer = shop.buyer(shop.open(), 500_000);
        assertThat(refusal(place(buyer, "a", "081712345678"))).isEqualTo(ErrorCode.DESTINATION_PREFIX_MISMATCH);
        assertThat(refusal(place(buyer, "a", "085154345678"))).isEqualTo(ErrorCode.DESTINATION_PREFIX_MISMATCH);
        for (String[] one : new String[][] {{"CLOSED", "PRODUCT_CLOSED"}, {"nope\u0000", "PRODUCT_UNKNOWN"}}) {
            assertThat(refusal(place(
                                    buyer,
                                    new PlaceOrder(
                                            buyer.id(), "a", one[0], Shop.phone(), 1, 1, null, Channel.H2H, null)))
                            .name())
                    .isEqualTo(one[1]);
        }
        assertThat(refusal(place(
                        buyer,
                        new PlaceOrder(
                                buyer.id(), "a", Shop.PRODUCT, Shop.phone(), 1, 1, Shop.PRICE - 1, Channel.H2H, null))))
                .isEqualTo(ErrorCode.PRICE_ABOVE_MAX);
        assertThat(wallet(buyer).posted()).isEqualTo(500_000);
    }

    @Test
    void ordersAreListedByMemberTimeAndStatusWithoutGaps() {
        Buyer buyer = shop.buyer(shop.open(), 500_000);
        Buyer other = shop.buyer(new Shop.Open(buyer.tenant(), levelOf(buyer)), 500_000);
        List<OrderId> placed = new ArrayList<>();
        for (int number = 0; number < 7; number++) {
            placed.addFirst(ends(
                            buyer,
                            accepted(place(buyer, "r" + number, Shop.phone())).id())
                    .id());
        }
        accepted(place(other, "r", Shop.phone()));
        List<OrderId> listed = new ArrayList<>();
        String cursor = null;
        do {
            Page<Order> page = list(buyer, new OrderFilter(buyer.id(), null, null, null), 3, cursor);
            page.items().forEach(order -> listed.add(order.id()));
            cursor = page.nextCursor();
        } while (cursor != null);
        assertThat(listed).isEqualTo(placed);
        Instant third = Ids.timeOf(placed.get(3).value());
        assertThat(list(buyer, new OrderFilter(buyer.id(), third, null, OrderStatus.Outside.SUCCESS), 10, null)
                        .items())
                .hasSize(4);
        assertThat(list(buyer, new OrderFilter(buyer.id(), null, third, null), 10, null)
                        .items())
                .hasSize(3);
        assertThat(list(buyer, new OrderFilter(buyer.id(), null, null, OrderStatus.Outside.FAILED), 10, null)
                        .items())
                .isEmpty();
        assertThat(CurrentTenant.call(buyer.tenant().id(), () -> orders.findByCode(OrderCode.of(placed.getFirst()))))
                .hasValueSatisfying(found -> assertThat(found.id()).isEqualTo(placed.getFirst()));
        Buyer stranger = shop.buyer(shop.open(), 0);
        assertThat(CurrentTenant.call(stranger.tenant().id(), () -> orders.findByCode(OrderCode.of(placed.getFirst()))))
                .isEmpty();
    }

    private Page<Order> list(Buyer buyer, OrderFilter filter, int limit, @Nullable String cursor) {
        return CurrentTenant.call(buyer.tenant().id(), () -> orders.list(filter, limit, cursor));
    }

    private static id.nadi.resellers.LevelId levelOf(Buyer buyer) {
        return new id.nadi.resellers.LevelId(Sql.superuser()
                .sql("SELECT level_id FROM reseller WHERE member_id = ?")
                .param(buyer.id().value())
                .query((row, number) -> row.getObject(1, UUID.class))
                .single());
    }

    private void credit(Buyer buyer, long amount) {
        CurrentTenant.run(
                buyer.tenant().id(),
                () -> ledger.credit(
                        buyer.wallet().id(),
                        ledger.account(AccountKind.BANK, Currency.IDR),
                        Money.idr(amount),
                        Purpose.of(PostingKind.DEPOSIT, Ids.next())));
    }

    private void terms(Buyer buyer, long minimum, long creditLimit) {
        CurrentTenant.run(
                buyer.tenant().id(),
                () -> ledger.setTerms(buyer.wallet().id(), Money.idr(minimum), Money.idr(creditLimit)));
    }

    private List<RoadStatements.Placed> batch(Buyer buyer, long... prices) throws SQLException {
        List<NewOrder> orders = new ArrayList<>();
        for (long price : prices) {
            orders.add(order(buyer, price, null, null));
        }
        return statements.place(buyer.tenant().id(), lease.worker(), orders);
    }

    private NewOrder order(Buyer buyer, long price, @Nullable LocalDate day, @Nullable Integer dailyMax) {
        OrderId id = OrderId.next();
        return new NewOrder(
                id,
                buyer.tenant().id(),
                buyer.id(),
                id.toString(),
                new byte[16],
                buyer.wallet().id(),
                CurrentTenant.call(
                        buyer.tenant().id(), () -> ledger.account(AccountKind.ORDERS_IN_FLIGHT, Currency.IDR)),
                Channel.H2H,
                new id.nadi.catalog.ProductId(Ids.next()),
                Shop.PRODUCT,
                "nobody drives this",
                Shop.phone(),
                1,
                1,
                Money.idr(price),
                1,
                null,
                day,
                dailyMax,
                Instant.now().atZone(ZoneId.of("Asia/Jakarta")).toInstant());
    }
}
