package id.nadi.orders;

import id.nadi.kernel.GatheredWriter;
import id.nadi.kernel.TenantId;
import id.nadi.ledger.AccountKind;
import id.nadi.ledger.Ledger;
import id.nadi.orders.Outcome.Delivered;
import id.nadi.orders.Outcome.Pending;
import id.nadi.orders.Outcome.Reason;
import id.nadi.orders.Outcome.Rejected;
import id.nadi.orders.Outcome.Unknown;
import id.nadi.orders.RoadStatements.NewAttempt;
import id.nadi.orders.RoadStatements.Placed;
import id.nadi.orders.RoadStatements.Verdict;
import id.nadi.orders.Settlement.Accounts;
import id.nadi.tenancy.CurrentTenant;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Carries orders from placing to their end. The durable truth is the order's row with its owner and fence, and its
 * attempts; this class only moves quickly what the database has already agreed to.
 */
@Component
class Road {
    private static final Logger LOG = LoggerFactory.getLogger(Road.class);

    private final OrderLimits limits;
    private final Lease lease;
    private final Ledger ledger;
    private final Cases cases;
    private final Claims claims;
    private final Clock clock;
    private final Map<String, Fulfilment> drivers;
    private final List<RoadListener> listeners;
    private final GatheredWriter<NewOrder, Placed> placing;
    private final GatheredWriter<NewAttempt, Boolean> beginning;
    private final GatheredWriter<Settlement, Settlement.Result> settling;
    private final Semaphore calls;
    private volatile boolean stopping;

    Road(
            OrderLimits limits,
            RoadStatements statements,
            Lease lease,
            Ledger ledger,
            Cases cases,
            Claims claims,
            Clock clock,
            List<Fulfilment> drivers,
            List<RoadListener> listeners) {
        this.limits = limits;
        this.lease = lease;
        this.ledger = ledger;
        this.cases = cases;
        this.claims = claims;
        this.clock = clock;
        this.drivers = drivers.stream().collect(Collectors.toMap(Fulfilment::name, Function.identity()));
        this.listeners = listeners;
        this.calls = new Semaphore(limits.concurrentCallsMax());
        this.placing = new GatheredWriter<>(
                "placing",
                sizes(limits.placingWriters()),
                new PlacingTraits(),
                (tenant, batch) -> statements.place(tenant, lease.worker(), batch));
        this.beginning = new GatheredWriter<>(
                "beginning",
                sizes(limits.attemptWriters()),
                new OrderTraits<>(NewAttempt::tenant, NewAttempt::order),
                (tenant, batch) -> statements.begin(tenant, lease.worker(), batch));
        this.settling = new GatheredWriter<>(
                "settling",
                sizes(limits.settlementWriters()),
                new OrderTraits<>(Settlement::tenant, Settlement::order),
                statements::settle);
    }

    private GatheredWriter.Limits sizes(int writers) {
        return new GatheredWriter.Limits(writers, limits.queueMax(), limits.batchMax(), limits.doubtMax());
    }

    boolean drives(String fulfilment) {
        return drivers.containsKey(fulfilment);
    }

    /**
     * Places an order and, once it is on disk, sends it on its way. Empty if there is no room: then nothing was taken.
     */
    Optional<CompletableFuture<Placed>> place(NewOrder order) {
        if (stopping || lease.carried() >= limits.openMax() || !lease.outlasts(Duration.ZERO)) {
            return Optional.empty();
        }
        lease.carry(order.id());
        long started = System.nanoTime();
        Optional<CompletableFuture<Placed>> submitted = placing.submit(order);
        if (submitted.isEmpty()) {
            lease.drop(order.id());
        }
        return submitted.map(future -> future.whenComplete((placed, failure) -> {
            if (failure instanceof GatheredWriter.InDoubtException) {
                // It stays carried: the recovery scan finds out whether it exists.
                lease.strand(order.tenant(), order.id());
                return;
            }
            boolean ours = placed != null
                    && placed.verdict() == Verdict.ACCEPTED
                    && placed.order().equals(order.id());
            if (!ours) {
                lease.drop(order.id());
                return;
            }
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            listeners.forEach(listener -> listener.placed(order.id(), took));
            Long before = placed.before();
            Long after = placed.after();
            // An accepted order without balances was found to be our own after a lost connection.
            start(order.accepted(before == null ? 0 : before, after == null ? 0 : after), List.of());
        }));
    }

    /** Carries an order on, from what was tried so far. It must be owned by this worker under the order's fence. */
    void start(Order order, List<Attempt> tried) {
        lease.carry(order.id());
        Thread.startVirtualThread(() -> CurrentTenant.run(order.tenant(), () -> {
            try {
                drive(order, new ArrayList<>(tried));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error broken) {
                LOG.error("order {} stands still and is left to the recovery scan", order.id(), broken);
                lease.strand(order.tenant(), order.id());
            }
        }));
    }

    private void drive(Order order, List<Attempt> tried) throws InterruptedException {
        Fulfilment driver = drivers.get(order.fulfilment());
        Rejected last = new Rejected(Reason.NO_SUPPLIER, null);
        for (Attempt attempt : tried) {
            last = new Rejected(reasonOf(attempt), attempt.message());
        }
        while (true) {
            Optional<Fulfilment.Choice> choice =
                    driver == null || !last.reason().elsewhere() && !tried.isEmpty()
                            ? Optional.empty()
                            : driver.choose(order, List.copyOf(tried));
            if (driver == null || choice.isEmpty()) {
                fail(order, tried.isEmpty() ? null : tried.getLast(), last);
                return;
            }
            Attempt attempt;
            Outcome outcome;
            calls.acquire();
            try {
                long term = awaitLease(driver);
                Optional<Attempt> begun = begin(order, tried.size() + 1, choice.get(), driver);
                if (begun.isEmpty()) {
                    // The order is no longer ours: whoever raised the fence carries it now.
                    lease.drop(order.id());
                    return;
                }
                attempt = begun.get();
                Attempt sent = attempt;
                outcome = call(order, attempt, driver, term, () -> driver.buy(order, sent));
            } finally {
                calls.release();
            }
            Optional<Rejected> rejected = record(order, attempt, outcome, driver, tried);
            if (rejected.isEmpty()) {
                return;
            }
            last = rejected.get();
            tried.add(attempt);
        }
    }

    private Optional<Attempt> begin(Order order, int number, Fulfilment.Choice choice, Fulfilment driver)
            throws InterruptedException {
        String reference = new AttemptReference(order.id(), number).text();
        NewAttempt attempt = new NewAttempt(
                order.tenant(),
                order.id(),
                order.fence(),
                number,
                choice.supplier(),
                reference,
                choice.supplierCode(),
                choice.cost());
        if (!await(beginning.submitWaiting(attempt))) {
            return Optional.empty();
        }
        listeners.forEach(listener -> listener.attemptBegun(order.id(), number));
        return Optional.of(new Attempt(
                order.id(),
                number,
                choice.supplier(),
                reference,
                choice.supplierCode(),
                choice.cost(),
                AttemptState.SENDING,
                null,
                null,
                null,
                null,
                clock.instant(),
                null));
    }

    /** @param term in which the attempt was begun, or its check claimed */
    private Outcome call(Order order, Attempt attempt, Fulfilment driver, long term, CallToDriver call) {
        if (!lease.outlasts(term, driver.callTimeout().plus(limits.leaseMargin()))) {
            // Nothing has left, and nothing may leave any more: whoever took over may be asking already.
            LOG.warn("order {} is not sent: the worker's lease ran out before the call", order.id());
            return new Rejected(Reason.NOT_SENT, "the worker's lease ran out before the call");
        }
        long started = System.nanoTime();
        Outcome outcome;
        try {
            outcome = call.make();
        } catch (RuntimeException | Error thrown) {
            LOG.error("the driver {} failed on order {}", driver.name(), order.id(), thrown);
            outcome = new Unknown("DRIVER_FAILED", firstCheck(driver, attempt));
        }
        Outcome answer = outcome;
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        listeners.forEach(listener -> listener.answered(order.id(), attempt.number(), answer, took));
        return answer;
    }

    /** When to ask next; a driver that fails even at this is asked again later, not given up. */
    private @Nullable Instant firstCheck(Fulfilment driver, Attempt attempt) {
        try {
            return driver.firstCheck(attempt).orElse(null);
        } catch (RuntimeException failed) {
            LOG.error("the driver {} cannot say when to ask about order {}", driver.name(), attempt.order(), failed);
            return clock.instant().plus(limits.checkClaim());
        }
    }

    private interface CallToDriver {
        Outcome make();
    }

    /**
     * Records what this worker found out under its fence; answers the rejection if it has to try the next supplier.
     */
    private Optional<Rejected> record(
            Order order, Attempt attempt, Outcome outcome, Fulfilment driver, List<Attempt> tried)
            throws InterruptedException {
        boolean onward = outcome instanceof Rejected rejected
                && rejected.reason().elsewhere()
                && driver.choose(order, with(tried, attempt)).isPresent();
        OrderStatus to = onward ? OrderStatus.PROCESSING : next(outcome);
        Settlement.Result result = settle(order, attempt, order.fence(), to, outcome);
        if (result.changed() && onward) {
            return Optional.of((Rejected) outcome);
        }
        lease.drop(order.id());
        // That nothing was sent is our own knowledge, good only under our own fence: it contradicts nobody.
        boolean unsent = outcome instanceof Rejected rejected && rejected.reason() == Reason.NOT_SENT;
        if (!result.changed() && !result.status().isOpen() && !unsent) {
            cases.compare(order.tenant(), attempt, outcome, result.status());
        } else if (!result.changed() && outcome instanceof Delivered) {
            // Found out too late to be ours, but a delivery stays one. A late no is not believed: whoever took over may
            // have asked under the same reference since, and where asking buys, that may have bought.
            hear(order, with(tried, attempt), outcome);
        }
        return Optional.empty();
    }

    private void fail(Order order, @Nullable Attempt last, Rejected why) throws InterruptedException {
        settle(order, last, order.fence(), OrderStatus.FAILED, why);
        lease.drop(order.id());
    }

    /**
     * Takes in what a supplier says of an attempt to somebody who does not carry the order: its own message, or a reply
     * that came after the order was taken over. Answers where the order stands then.
     *
     * @param attempts all of the order's attempts up to the one that is spoken of
     */
    OrderStatus hear(Order order, List<Attempt> attempts, Outcome outcome) throws InterruptedException {
        Attempt attempt = attempts.getLast();
        Fulfilment driver = drivers.get(order.fulfilment());
        if (driver != null
                && outcome instanceof Rejected rejected
                && rejected.reason().elsewhere()) {
            Optional<Order> claimed =
                    driver.choose(order, attempts).isPresent() ? claim(order, attempt.number()) : Optional.empty();
            if (claimed.isPresent()) {
                List<Attempt> before = attempts.subList(0, attempts.size() - 1);
                if (record(claimed.get(), attempt, outcome, driver, before).isPresent()) {
                    start(claimed.get(), attempts);
                }
                return OrderStatus.PROCESSING;
            }
        }
        Settlement.Result result = settle(order, attempt, null, next(outcome), outcome);
        if (!result.changed()) {
            cases.compare(order.tenant(), attempt, outcome, result.status());
        } else if (!result.status().isOpen()) {
            lease.drop(order.id());
        }
        return result.status();
    }

    /** Carried before it is claimed, so that no beat of the lease can miss it. */
    private Optional<Order> claim(Order order, int attempt) {
        boolean carried = lease.carries(order.id());
        lease.carry(order.id());
        Optional<Order> claimed = claims.claim(order, attempt, lease.worker());
        if (claimed.isEmpty() && !carried) {
            lease.drop(order.id());
        }
        return claimed;
    }

    private static List<Attempt> with(List<Attempt> tried, Attempt attempt) {
        List<Attempt> all = new ArrayList<>(tried);
        all.add(attempt);
        return all;
    }

    /** Asks about an attempt again, under a claim that raised the fence to the order's. */
    void check(Order order, List<Attempt> attempts, int tries, long term) throws InterruptedException {
        Attempt attempt = attempts.getLast();
        Fulfilment driver = drivers.get(order.fulfilment());
        if (driver == null) {
            lease.drop(order.id());
            return;
        }
        lease.carry(order.id());
        Outcome outcome = call(order, attempt, driver, term, () -> driver.check(order, attempt, tries));
        if (outcome instanceof Rejected rejection && rejection.reason() == Reason.NOT_SENT) {
            // Our question did not reach the supplier: that says nothing about the purchase.
            outcome = new Unknown("CHECK_NOT_SENT", firstCheck(driver, attempt));
        }
        List<Attempt> before = new ArrayList<>(attempts.subList(0, attempts.size() - 1));
        Optional<Rejected> rejected = record(order, attempt, outcome, driver, before);
        if (rejected.isPresent()) {
            before.add(attempt);
            start(order, before);
        }
    }

    /** What this worker took over from a dead one: an attempt without an outcome may have arrived. */
    void resume(Order order, List<Attempt> attempts) throws InterruptedException {
        lease.carry(order.id());
        Attempt last = attempts.isEmpty() ? null : attempts.getLast();
        if (last == null || last.state() == AttemptState.REJECTED) {
            start(order, attempts);
            return;
        }
        Fulfilment driver = drivers.get(order.fulfilment());
        Instant checkAt = driver == null ? null : firstCheck(driver, last);
        settle(order, last, order.fence(), OrderStatus.SUSPECT, new Unknown("WORKER_LOST", checkAt));
        lease.drop(order.id());
    }

    private Settlement.Result settle(
            Order order, @Nullable Attempt attempt, @Nullable Long fence, OrderStatus to, Outcome outcome)
            throws InterruptedException {
        Settlement settlement = new Settlement(
                order.tenant(),
                order.id(),
                attempt == null ? 0 : attempt.number(),
                fence,
                to,
                outcome,
                attempt == null ? null : (Long) attempt.costExpected(),
                accounts(order, attempt));
        Settlement.Result result = await(settling.submitWaiting(settlement));
        if (result.changed() && !result.status().isOpen()) {
            Duration took = Duration.between(order.createdAt(), clock.instant());
            listeners.forEach(listener -> listener.ended(order.id(), result.status(), took));
        }
        return result;
    }

    private static OrderStatus next(Outcome outcome) {
        return switch (outcome) {
            case Delivered delivered -> OrderStatus.SUCCESS;
            case Pending pending -> OrderStatus.PROCESSING;
            case Rejected rejected -> OrderStatus.FAILED;
            case Unknown unknown -> OrderStatus.SUSPECT;
        };
    }

    private Accounts accounts(Order order, @Nullable Attempt attempt) {
        var currency = order.price().currency();
        UUID supplier = attempt == null ? null : attempt.supplier();
        return new Accounts(
                ledger.account(AccountKind.REVENUE, currency),
                ledger.account(AccountKind.COST_OF_SALES, currency),
                supplier == null ? null : ledger.account(AccountKind.SUPPLIER_DEPOSIT, supplier, currency));
    }

    private static Reason reasonOf(Attempt attempt) {
        String reason = attempt.reason();
        for (Reason known : Reason.values()) {
            if (known.name().equals(reason)) {
                return known;
            }
        }
        return Reason.FAILED;
    }

    /** Waits while the lease is too short for a call: nothing is lost, the order is only later. Answers its term. */
    private long awaitLease(Fulfilment driver) throws InterruptedException {
        while (true) {
            long term = lease.term();
            if (lease.outlasts(term, driver.callTimeout().plus(limits.leaseMargin()))) {
                return term;
            }
            Thread.sleep(Duration.ofMillis(100));
        }
    }

    private static <T> T await(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("an outcome could not be recorded", failed.getCause());
        }
    }

    /** Commands that wait in the writers, for figures: placing, beginning, settling. */
    List<Integer> queued() {
        return List.of(placing.queued(), beginning.queued(), settling.queued());
    }

    /** Takes no more orders, posts what waits, and leaves the rest to whoever recovers it. */
    @PreDestroy
    void close() {
        stopping = true;
        long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (lease.carried() > 0 && System.nanoTime() < until) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        placing.close();
        beginning.close();
        settling.close();
    }

    private static final class PlacingTraits implements GatheredWriter.Traits<NewOrder> {
        @Override
        public TenantId tenant(NewOrder order) {
            return order.tenant();
        }

        @Override
        public Object lane(NewOrder order) {
            return order.wallet();
        }

        /** Two orders of one batch must not share what the statement counts: the later one has to see the earlier. */
        @Override
        public List<Object> exclusive(NewOrder order) {
            record Reference(Object member, String reference) {}
            record Slot(Object tenant, Object product, String destination, int sequence) {}
            record Counted(Object tenant, String destination) {}
            List<Object> exclusive = new ArrayList<>(3);
            exclusive.add(new Reference(order.member(), order.reference()));
            if (order.guardDay() != null) {
                exclusive.add(new Slot(order.tenant(), order.product(), order.destination(), order.sequence()));
            }
            if (order.dailyMax() != null) {
                exclusive.add(new Counted(order.tenant(), order.destination()));
            }
            return exclusive;
        }
    }

    private record OrderTraits<C>(Function<C, TenantId> tenantOf, Function<C, OrderId> orderOf)
            implements GatheredWriter.Traits<C> {
        @Override
        public TenantId tenant(C command) {
            return tenantOf.apply(command);
        }

        @Override
        public Object lane(C command) {
            return orderOf.apply(command);
        }

        @Override
        public List<Object> exclusive(C command) {
            return List.of(orderOf.apply(command));
        }
    }
}
