package id.nadi.orders;

import static org.assertj.core.api.Assertions.assertThat;

import id.nadi.database.DatabaseAccess.Credentials;
import id.nadi.kernel.Ids;
import id.nadi.orders.ChangeFeed.Change;
import id.nadi.orders.ChangeFeed.Position;
import id.nadi.testing.Shop;
import id.nadi.testing.Shop.Buyer;
import id.nadi.testing.Sql;
import id.nadi.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ChangeFeedTests extends RoadTest {
    private static final Duration LEASE = Duration.ofMinutes(1);

    @Autowired
    ChangeFeed feed;

    @AfterEach
    void forgetCursors() {
        Sql.superuser()
                .sql("DELETE FROM feed_cursor WHERE consumer LIKE 'test-%'")
                .update();
    }

    @Test
    void tellsEachStepOfAnOrderInItsOrder() {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        Position start = feed.now();
        OrderId order =
                ends(buyer, accepted(place(buyer, "a", Shop.phone())).id()).id();
        List<Change> changes = all(start).stream()
                .filter(change -> change.order().equals(order))
                .toList();
        assertThat(changes)
                .extracting(Change::status)
                .containsExactly(OrderStatus.PENDING, OrderStatus.PROCESSING, OrderStatus.SUCCESS);
        assertThat(changes)
                .extracting(Change::tenant)
                .containsOnly(buyer.tenant().id());
    }

    /** The one thing that a cursor over ids or times gets wrong. */
    @Test
    void neverMissesWhatCommitsLate() throws Exception {
        Buyer buyer = shop.buyer(shop.open(), 500_000);
        OrderId early =
                ends(buyer, accepted(place(buyer, "early", Shop.phone())).id()).id();
        Position start = feed.now();
        List<Change> read = new ArrayList<>();
        Credentials superuser = TestDatabase.get().superuser();
        try (Connection late = DriverManager.getConnection(
                TestDatabase.get().access().url(), superuser.user(), superuser.password())) {
            late.setAutoCommit(false);
            try (var insert =
                    late.prepareStatement("INSERT INTO order_change (tenant_id, order_id, status) VALUES (?, ?, 10)")) {
                insert.setObject(1, buyer.tenant().id().value());
                insert.setObject(2, early.value());
                insert.executeUpdate();
            }
            for (int number = 0; number < 5; number++) {
                ends(
                        buyer,
                        accepted(place(buyer, "later-" + number, Shop.phone())).id());
                read.addAll(feed.after(read.isEmpty() ? start : read.getLast().at(), 100));
            }
            assertThat(read).as("nothing above a running transaction is shown").isEmpty();
            late.commit();
        }
        read.addAll(all(start));
        assertThat(read).filteredOn(change -> change.order().equals(early)).hasSize(1);
        assertThat(read)
                .filteredOn(change -> change.status() == OrderStatus.SUCCESS)
                .hasSize(6);
    }

    @Test
    void aCursorAdvancesWithItsEffectAndNotWithoutIt() {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        ends(buyer, accepted(place(buyer, "a", Shop.phone())).id());
        UUID reader = Ids.next();
        List<Change> first = new ArrayList<>();
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> feed.consume("test-effect", reader, LEASE, 2, changes -> {
                            first.addAll(changes);
                            throw new IllegalStateException("the effect failed");
                        })))
                .hasMessage("the effect failed");
        List<Change> second = new ArrayList<>();
        assertThat(feed.consume("test-effect", reader, LEASE, 2, second::addAll))
                .contains(2);
        assertThat(second).isEqualTo(first);
        List<Change> third = new ArrayList<>();
        feed.consume("test-effect", reader, LEASE, 2, third::addAll);
        assertThat(third).isNotEmpty().doesNotContainAnyElementsOf(second);
    }

    @Test
    void oneProcessAtATimeReadsForAConsumer() {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        ends(buyer, accepted(place(buyer, "a", Shop.phone())).id());
        UUID one = Ids.next();
        UUID other = Ids.next();
        assertThat(feed.consume("test-lease", one, LEASE, 1, changes -> {})).contains(1);
        assertThat(feed.consume("test-lease", other, LEASE, 1, changes -> {})).isEmpty();
        assertThat(feed.consume("test-other", other, LEASE, 1, changes -> {})).contains(1);
        assertThat(feed.consume("test-lease", one, Duration.ofMillis(-1), 1, changes -> {}))
                .contains(1);
        assertThat(feed.consume("test-lease", other, LEASE, 1, changes -> {})).contains(1);
    }

    @Test
    void pruningKeepsWhatACursorHasNotRead() {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        feed.consume("test-prune", Ids.next(), LEASE, 1, changes -> {});
        long before = rows();
        ends(buyer, accepted(place(buyer, "a", Shop.phone())).id());
        feed.prune(0);
        assertThat(rows()).as("but for what lies before the only cursor").isGreaterThan(before - 1);
        feed.prune(Long.MAX_VALUE / 2);
        assertThat(rows()).as("more kept than there ever were").isGreaterThan(before - 1);
    }

    @Test
    void pruningKeepsTheNewestTransactionsAndRemovesNothingWhenThereAreFewer() {
        Buyer buyer = shop.buyer(shop.open(), 50_000);
        Position start = feed.now();
        OrderId order =
                ends(buyer, accepted(place(buyer, "a", Shop.phone())).id()).id();
        long all = rows();
        assertThat(feed.prune(1_000_000_000)).isZero();
        assertThat(rows()).isEqualTo(all);
        assertThat(all(start)).anyMatch(change -> change.order().equals(order));
    }

    private static long rows() {
        return Sql.superuser()
                .sql("SELECT count(*) FROM order_change")
                .query(Long.class)
                .single();
    }

    private List<Change> all(Position start) {
        List<Change> read = new ArrayList<>();
        List<Change> page;
        do {
            page = feed.after(read.isEmpty() ? start : read.getLast().at(), 3);
            read.addAll(page);
        } while (!page.isEmpty());
        return read;
    }
}
