package id.nadi.testing;

import id.nadi.kernel.MemberId;
import id.nadi.orders.Attempt;
import id.nadi.orders.Fulfilment;
import id.nadi.orders.Order;
import id.nadi.orders.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A fake at the fulfilment port: it delivers at once unless a destination was told otherwise, and it counts what it
 * delivered, so that a double purchase shows.
 */
public class FakeFulfilment implements Fulfilment {
    public static final String NAME = "fake";

    private final Map<String, BiFunction<Order, Attempt, Outcome>> buying = new ConcurrentHashMap<>();
    private final Map<String, Function<Attempt, Outcome>> checking = new ConcurrentHashMap<>();
    private final Map<String, Integer> suppliersByDestination = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> choosingFaults = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> delivered = new ConcurrentHashMap<>();
    private final Map<MemberId, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final List<UUID> suppliers =
            List.of(new UUID(0x7000L, 0x8000000000000001L), new UUID(0x7000L, 0x8000000000000002L));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Duration callTimeout() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Optional<Choice> choose(Order order, List<Attempt> tried) {
        AtomicInteger faults = choosingFaults.get(order.destination());
        if (faults != null && faults.getAndDecrement() > 0) {
            throw new IllegalStateException("a fault while choosing, as the test wants it");
        }
        int available = suppliersByDestination.getOrDefault(order.destination(), 1);
        return tried.size() < available
                ? Optional.of(new Choice(suppliers.get(tried.size()), order.productCode(), 10_000))
                : Optional.empty();
    }

    @Override
    public Outcome buy(Order order, Attempt attempt) {
        calls.computeIfAbsent(order.member(), member -> new AtomicInteger()).incrementAndGet();
        BiFunction<Order, Attempt, Outcome> told = buying.get(order.destination());
        return counted(attempt, told == null ? delivered(attempt) : told.apply(order, attempt));
    }

    @Override
    public Outcome check(Order order, Attempt attempt, int tries) {
        Function<Attempt, Outcome> told = checking.get(order.destination());
        return counted(attempt, told == null ? new Outcome.Unknown("STILL_SILENT", soon()) : told.apply(attempt));
    }

    @Override
    public Optional<Instant> firstCheck(Attempt attempt) {
        return Optional.of(soon());
    }

    /** What is answered when an order for that destination is bought. */
    public void onBuy(String destination, BiFunction<Order, Attempt, Outcome> answer) {
        buying.put(destination, answer);
    }

    public void onCheck(String destination, Function<Attempt, Outcome> answer) {
        checking.put(destination, answer);
    }

    public void suppliersFor(String destination, int count) {
        suppliersByDestination.put(destination, count);
    }

    /** Choosing where to try that destination breaks so often, before it works again. */
    public void breakChoosing(String destination, int times) {
        choosingFaults.put(destination, new AtomicInteger(times));
    }

    public UUID supplier(int number) {
        return suppliers.get(number);
    }

    /** How often that reference was delivered. */
    public int deliveriesOf(String reference) {
        AtomicInteger count = delivered.get(reference);
        return count == null ? 0 : count.get();
    }

    /** How often anything was bought for that member. */
    public int callsFor(MemberId member) {
        AtomicInteger count = calls.get(member);
        return count == null ? 0 : count.get();
    }

    /** Deliveries in all. */
    public int deliveries() {
        return delivered.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    public static Outcome delivered(Attempt attempt) {
        return new Outcome.Delivered("SN-" + attempt.reference(), null, null, null);
    }

    public static Instant soon() {
        return Instant.now().plusMillis(100);
    }

    private Outcome counted(Attempt attempt, Outcome outcome) {
        if (outcome instanceof Outcome.Delivered) {
            delivered
                    .computeIfAbsent(attempt.reference(), reference -> new AtomicInteger())
                    .incrementAndGet();
        }
        return outcome;
    }
}
