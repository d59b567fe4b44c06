package id.nadi.suppliers;

import id.nadi.orders.Attempt;
import id.nadi.orders.Fulfilment;
import id.nadi.orders.Order;
import id.nadi.orders.Outcome;
import id.nadi.suppliers.SupplierAdapter.Purchase;
import id.nadi.suppliers.SupplierAdapter.Request;
import id.nadi.suppliers.SupplierCalls.About;
import id.nadi.tenancy.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Delivers orders by buying them from suppliers. */
@Component
class SupplierFulfilment implements Fulfilment {
    static final String NAME = "supplier";

    private final Suppliers suppliers;
    private final SupplierCalls calls;
    private final Tenants tenants;
    private final Clock clock;
    private final Duration callTimeout;

    SupplierFulfilment(
            Suppliers suppliers,
            SupplierCalls calls,
            Tenants tenants,
            Clock clock,
            @Value("${nadi.suppliers.call-timeout:30s}") Duration callTimeout) {
        this.suppliers = suppliers;
        this.calls = calls;
        this.tenants = tenants;
        this.clock = clock;
        this.callTimeout = callTimeout;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The connector ends the whole exchange in time; the rest is for reading what came. */
    @Override
    public Duration callTimeout() {
        return callTimeout.plusSeconds(1);
    }

    @Override
    public Optional<Choice> choose(Order order, List<Attempt> tried) {
        LocalTime now =
                clock.instant().atZone(tenants.get(order.tenant()).zone()).toLocalTime();
        return Routing.choose(order, suppliers.mappings(order.tenant(), order.product()), tried, now)
                .map(mapping ->
                        new Choice(mapping.supplier().value(), mapping.code(), Math.multiplyExact(mapping.cost(), (long)
                                order.quantity())));
    }

    @Override
    public Outcome buy(Order order, Attempt attempt) {
        Supplier supplier = supplier(attempt);
        SupplierAdapter adapter = suppliers.adapter(supplier);
        Purchase purchase = purchase(order, attempt);
        return calls.call(
                supplier,
                adapter.buy(supplier, purchase),
                callTimeout,
                new About("BUY", order.id(), attempt.number()),
                exchange -> adapter.readBuy(purchase, exchange));
    }

    @Override
    public Outcome check(Order order, Attempt attempt, int tries) {
        Supplier supplier = supplier(attempt);
        SupplierAdapter adapter = suppliers.adapter(supplier);
        Purchase purchase = purchase(order, attempt);
        Optional<Request> request = adapter.check(supplier, purchase, attempt.startedAt());
        if (request.isEmpty()) {
            // Only a person can find out now.
            return new Outcome.Unknown("CANNOT_BE_ASKED", null);
        }
        return calls.call(
                supplier,
                request.get(),
                callTimeout,
                new About("CHECK", order.id(), attempt.number()),
                exchange -> adapter.readCheck(purchase, exchange, tries));
    }

    @Override
    public Optional<Instant> firstCheck(Attempt attempt) {
        return suppliers.adapter(supplier(attempt)).firstCheck(attempt.startedAt());
    }

    private Supplier supplier(Attempt attempt) {
        return suppliers
                .find(new SupplierId(attempt.supplier()))
                .orElseThrow(() -> new IllegalStateException("the supplier " + attempt.supplier() + " is gone"));
    }

    private static Purchase purchase(Order order, Attempt attempt) {
        return new Purchase(
                attempt.reference(),
                attempt.supplierCode(),
                order.destination(),
                order.quantity(),
                attempt.costExpected());
    }
}
