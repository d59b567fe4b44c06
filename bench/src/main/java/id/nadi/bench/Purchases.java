package id.nadi.bench;

import id.nadi.bench.Market.Buyer;
import id.nadi.orders.Channel;
import id.nadi.orders.Orders;
import id.nadi.orders.PlaceOrder;
import id.nadi.orders.Placement;
import id.nadi.tenancy.CurrentTenant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** What a market's buyers ask for: each purchase its own number to fill, and 1 % asked a second time. */
final class Purchases {
    private static final int REPLAY_PERCENT = 1;
    private static final int REMEMBERED = 4096;
    private static final long NUMBERS = 10_000_000_000L / 10;

    private record Asked(Buyer buyer, PlaceOrder command) {}

    private final Orders orders;
    private final Market market;
    private final String run = Long.toString(System.nanoTime(), 36);
    private final AtomicLong next = new AtomicLong(ThreadLocalRandom.current().nextLong(NUMBERS));
    private final AtomicLong turn = new AtomicLong();
    private final AtomicReferenceArray<@Nullable Asked> accepted = new AtomicReferenceArray<>(REMEMBERED);

    Purchases(Orders orders, Market market) {
        this.orders = orders;
        this.market = market;
    }

    /** Asks for one purchase, as a door would, and waits for the answer. */
    Placement ask() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        Asked earlier = random.nextInt(100) < REPLAY_PERCENT ? accepted.get(random.nextInt(REMEMBERED)) : null;
        Asked asked = earlier == null ? fresh() : earlier;
        Placement placement = CurrentTenant.call(asked.buyer.tenant(), () -> orders.place(asked.command));
        if (earlier == null && placement instanceof Placement.Accepted) {
            accepted.set(random.nextInt(REMEMBERED), asked);
        } else if (earlier != null && !(placement instanceof Placement.Replayed)) {
            throw new IllegalStateException("a repeated reference was answered with " + placement);
        }
        return placement;
    }

    private Asked fresh() {
        // Every buyer in turn at first, so that the warm-up meets them all; then they come at random.
        int buyers = market.buyers().size();
        long at = turn.getAndIncrement();
        Buyer buyer = market.buyers()
                .get(at < buyers ? (int) at : ThreadLocalRandom.current().nextInt(buyers));
        long number = next.getAndIncrement() % NUMBERS;
        return new Asked(
                buyer,
                new PlaceOrder(
                        buyer.member(),
                        run + "-" + number,
                        Market.product((int) (number % Market.PRODUCTS)),
                        String.format("0812%09d", number),
                        1,
                        1,
                        null,
                        Channel.H2H,
                        null));
    }
}
