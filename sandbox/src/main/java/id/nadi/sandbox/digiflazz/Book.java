package id.nadi.sandbox.digiflazz;

import id.nadi.sandbox.common.Json;
import id.nadi.sandbox.digiflazz.Account.Movement;
import id.nadi.sandbox.digiflazz.Reference.BillReference;
import id.nadi.sandbox.digiflazz.Reference.Purchase;
import id.nadi.sandbox.journal.Journal;
import id.nadi.sandbox.switches.SwitchBoard;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The state of the supplier: what the journal says, applied. Nothing changes it but {@link #record}, which writes the
 * entry first; replaying the journal therefore gives the same book.
 *
 * <p>The book is its own lock: whoever decides on what it says holds it from the first look to the last entry.
 */
final class Book implements AutoCloseable {
    private final InstantSource clock;
    private final SwitchBoard<Switches> switches;
    private final Catalogue catalogue = new Catalogue();
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final List<Reference> references = new ArrayList<>();
    private final Map<Integer, Unsettled> unsettled = new LinkedHashMap<>();
    private final Map<UUID, PlannedCallback> callbacks = new LinkedHashMap<>();
    private final Map<String, Script> scripts = new TreeMap<>();
    private final Set<String> blockedNumbers = new TreeSet<>();
    private final SingleSales singleSales = new SingleSales();
    private final Tally tally = new Tally();
    private final Journal<Entry> journal;

    /** What a pending reference is going to become, and when. */
    record Unsettled(Reference reference, ResponseCode rc, long at) {}

    Book(Path directory, InstantSource clock, SwitchBoard<Switches> switches) {
        this.clock = clock;
        this.switches = switches;
        this.journal = new Journal<>(directory, "digiflazz", Json.mapper(), Entry.class, this::apply);
    }

    /** Writes the entry, then lets it take effect. The caller holds the book. */
    void record(Entry entry) {
        if (!Thread.holdsLock(this)) {
            throw new IllegalStateException("whoever changes the book has to hold it");
        }
        journal.append(entry);
        apply(entry);
    }

    private void apply(Entry entry) {
        switch (entry) {
            case Entry.AccountKept kept -> keep(kept);
            case Entry.BalanceMoved moved ->
                account(moved).move(moved.at(), Movement.Kind.ADJUSTMENT, moved.amount(), null);
            case Entry.SwitchesKept kept -> switches.keep(kept.username(), kept.overrides());
            case Entry.ScriptKept kept -> keep(kept);
            case Entry.ProductChanged changed -> catalogue.change(changed.sku(), changed.change());
            case Entry.NumberBlocked number -> block(number);
            case Entry.TicketDrawn drawn -> known(drawn.username()).openTicket(drawn.at(), drawn.transferAmount());
            case Entry.Answered answered -> tally.answered(answered.rc());
            case Entry.Bought bought -> buy(bought);
            case Entry.Inquired inquired -> inquire(inquired);
            case Entry.Paid paid -> pay(paid);
            case Entry.Asked asked -> ask(asked);
            case Entry.Settled settled -> settle(settled);
            case Entry.CallbackPlanned planned -> plan(planned);
            case Entry.CallbackMissed missed ->
                callbacks.computeIfPresent(missed.id(), (_, planned) -> planned.missed(missed.tries(), missed.due()));
            case Entry.CallbackEnded ended -> end(ended);
        }
    }

    private void keep(Entry.AccountKept kept) {
        accounts.computeIfAbsent(kept.username(), _ -> new Account(kept)).keep(kept);
    }

    private Account account(Entry.BalanceMoved moved) {
        return known(moved.username());
    }

    private void keep(Entry.ScriptKept kept) {
        if (kept.script() == null) {
            scripts.remove(kept.customerNo());
        } else {
            scripts.put(kept.customerNo(), kept.script());
        }
    }

    private void block(Entry.NumberBlocked number) {
        if (number.blocked()) {
            blockedNumbers.add(number.number());
        } else {
            blockedNumbers.remove(number.number());
        }
    }

    private void buy(Entry.Bought bought) {
        PrepaidProduct product = catalogue.prepaid(bought.sku());
        String sku = product == null ? bought.sku() : product.sku(); // one string for all references to a product
        Purchase purchase = new Purchase(known(bought.username()), sku, bought);
        add(purchase, bought.rc());
        if (!purchase.testing()) {
            catalogue.takeFromStock(sku);
        }
        if (product != null && !product.multi() && !purchase.testing()) {
            singleSales.add(purchase);
        }
        charge(purchase, bought.at());
        proceed(purchase, bought.at(), bought.rc(), bought.sn(), bought.laterRc(), bought.settleAt());
    }

    private void inquire(Entry.Inquired inquired) {
        PostpaidProduct product = catalogue.postpaid(inquired.sku());
        String sku = product == null ? inquired.sku() : product.sku();
        add(new BillReference(known(inquired.username()), sku, inquired), inquired.rc());
    }

    private void add(Reference reference, ResponseCode answered) {
        if (reference.number() != references.size()) {
            throw new IllegalStateException("reference " + reference.number() + " is out of order");
        }
        tally.answered(answered);
        references.add(reference);
        Reference earlier = reference.account().put(reference);
        if (earlier == null) {
            tally.created();
        } else {
            reference.supersede(earlier);
        }
    }

    private void pay(Entry.Paid paid) {
        if (!(references.get(paid.number()) instanceof BillReference bill)) {
            throw new IllegalStateException("reference " + paid.number() + " is no bill");
        }
        tally.answered(paid.rc());
        bill.asked(paid.at(), false);
        bill.sendCallbacksTo(paid.callbackUrl());
        bill.pay();
        charge(bill, paid.at());
        proceed(bill, paid.at(), paid.rc(), paid.sn(), paid.laterRc(), paid.settleAt());
    }

    private static void charge(Reference reference, long at) {
        if (!reference.testing()) {
            reference.account().move(at, Movement.Kind.PURCHASE, -reference.price(), reference);
        }
    }

    private void proceed(
            Reference reference,
            long at,
            ResponseCode rc,
            @Nullable String sn,
            @Nullable ResponseCode laterRc,
            long settleAt) {
        if (laterRc == null) {
            conclude(reference, at, rc, sn);
        } else {
            reference.become(rc, null);
            unsettled.put(reference.number(), new Unsettled(reference, laterRc, settleAt));
        }
    }

    private void settle(Entry.Settled settled) {
        unsettled.remove(settled.number());
        conclude(references.get(settled.number()), settled.at(), settled.rc(), settled.sn());
    }

    private void conclude(Reference reference, long at, ResponseCode rc, @Nullable String sn) {
        switch (rc.status()) {
            case SUCCESS -> {
                reference.delivered(at);
                tally.delivered(reference.deliveries());
            }
            case FAILED -> giveBack(reference, at);
            case PENDING -> throw new IllegalStateException("rc " + rc.code() + " is not final");
        }
        reference.become(rc, sn);
    }

    private void giveBack(Reference reference, long at) {
        if (reference.testing()) {
            return;
        }
        reference.account().move(at, Movement.Kind.REFUND, reference.price(), reference);
        catalogue.putBackIntoStock(reference.sku());
    }

    private void ask(Entry.Asked asked) {
        tally.answered(asked.rc());
        boolean turnedAway =
                asked.rc() == ResponseCode.TRANSACTION_LIMIT || asked.rc() == ResponseCode.REFERENCE_NOT_UNIQUE;
        references.get(asked.number()).asked(asked.at(), turnedAway);
    }

    private void plan(Entry.CallbackPlanned planned) {
        Reference reference = references.get(planned.number());
        callbacks.put(planned.id(), new PlannedCallback(planned.id(), reference, planned.kind(), 0, planned.due()));
    }

    private void end(Entry.CallbackEnded ended) {
        if (callbacks.remove(ended.id()) != null) {
            tally.callbackEnded(ended.accepted());
        }
    }

    long now() {
        return clock.millis();
    }

    /** The number the next reference gets. */
    int nextNumber() {
        return references.size();
    }

    Catalogue catalogue() {
        return catalogue;
    }

    SingleSales singleSales() {
        return singleSales;
    }

    /** May be asked without holding the book, as are the account's names and keys. */
    @Nullable
    Account account(String username) {
        return accounts.get(username);
    }

    private Account known(String username) {
        Account account = accounts.get(username);
        if (account == null) {
            throw new IllegalStateException("no account " + username);
        }
        return account;
    }

    @Nullable
    Account accountOfHook(String hookId) {
        return accounts.values().stream()
                .filter(account -> account.hookId().equals(hookId))
                .findFirst()
                .orElse(null);
    }

    List<Account> accounts() {
        return accounts.values().stream()
                .sorted(Comparator.comparing(Account::username))
                .toList();
    }

    List<Reference> references() {
        return references;
    }

    @Nullable
    Script script(String customerNo) {
        return scripts.get(customerNo);
    }

    Map<String, Script> scripts() {
        return new TreeMap<>(scripts);
    }

    boolean isBlocked(String number) {
        return blockedNumbers.contains(number);
    }

    List<String> blockedNumbers() {
        return List.copyOf(blockedNumbers);
    }

    @Nullable
    Unsettled unsettled(Reference reference) {
        return unsettled.get(reference.number());
    }

    Collection<Unsettled> unsettled() {
        return List.copyOf(unsettled.values());
    }

    @Nullable
    PlannedCallback callback(UUID id) {
        return callbacks.get(id);
    }

    Collection<PlannedCallback> callbacks() {
        return List.copyOf(callbacks.values());
    }

    Summary summary() {
        return tally.summary(destinationsFilledMoreThanOnce(), unsettled.size(), callbacks.size());
    }

    /** Worked out when asked, since an index would cost every purchase memory for a question that is rarely put. */
    private long destinationsFilledMoreThanOnce() {
        long[] destinations = references.stream()
                .filter(reference -> reference.deliveries() > 0 && !reference.testing() && !reference.superseded())
                .mapToLong(reference -> Fingerprint.of(reference.sku(), reference.customerNo()))
                .toArray();
        Arrays.sort(destinations);
        long repeated = 0;
        for (int index = 1; index < destinations.length; index++) {
            boolean same = destinations[index] == destinations[index - 1];
            boolean counted = index > 1 && destinations[index] == destinations[index - 2];
            repeated += same && !counted ? 1 : 0;
        }
        return repeated;
    }

    @Override
    public synchronized void close() {
        journal.close();
    }
}
