package id.nadi.sandbox.digiflazz;

import id.nadi.sandbox.callback.CallbackSender;
import id.nadi.sandbox.common.Json;
import id.nadi.sandbox.common.Secrets;
import id.nadi.sandbox.switches.SwitchBoard;
import id.nadi.sandbox.web.Refusal;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a test or a demo does to the stand-in, and what it may know about it afterwards. Every change is durable when
 * the call returns. Mistakes are {@link Refusal}s, which the control API answers with 400, 404 or 409.
 */
public final class DigiflazzControl {
    public static final int PAGE_SIZE_MAX = 1_000;

    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int API_KEY_BYTES = 16;
    private static final int HOOK_ID_BYTES = 6;
    private static final int NUMBER_LENGTH_MAX = 255;
    private static final long BALANCE_MAX = 1_000_000_000_000_000L;

    private final Book book;
    private final SwitchBoard<Switches> board;
    private final RawCallbacks rawCallbacks;

    DigiflazzControl(Book book, SwitchBoard<Switches> board, CallbackSender sender) {
        this.book = book;
        this.board = board;
        this.rawCallbacks = new RawCallbacks(book, sender);
    }

    /** Creates an account, or changes what the request names about the one of that username. */
    public AccountView createAccount(AccountRequest request) {
        String username = request.username() == null ? "buyer-" + Secrets.hex(4) : request.username();
        require(USERNAME.matcher(username).matches(), "username is 1 to 64 letters, digits, dots, dashes, underscores");
        requireBalance(request.balance() == null ? 0 : request.balance());
        requireAddress(request.callbackUrl());
        requireLiterals(request.allowedIps());
        synchronized (book) {
            keep(username, request);
            if (request.balance() != null) {
                setBalance(username, request.balance());
            }
            return account(username);
        }
    }

    private void keep(String username, AccountRequest request) {
        Account before = book.account(username);
        String secret = before == null ? Secrets.hex(API_KEY_BYTES) : before.webhookSecret();
        String url = before == null ? null : before.callbackUrl();
        List<String> addresses = before == null ? List.of() : before.allowedIps();
        book.record(new Entry.AccountKept(
                username,
                before == null ? Secrets.hex(API_KEY_BYTES) : before.apiKey(),
                request.webhookSecret() == null ? secret : request.webhookSecret(),
                request.callbackUrl() == null ? url : emptyToNull(request.callbackUrl()),
                request.allowedIps() == null ? addresses : List.copyOf(request.allowedIps()),
                before == null ? Secrets.hex(HOOK_ID_BYTES) : before.hookId()));
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static void requireBalance(long rupiah) {
        require(rupiah >= 0 && rupiah <= BALANCE_MAX, "balance is 0 to " + BALANCE_MAX);
    }

    private static void requireAddress(@Nullable String url) {
        require(url == null || url.isEmpty() || Payload.isWebAddress(url), "callbackUrl is a web address, or empty");
    }

    private static void requireLiterals(@Nullable List<String> addresses) {
        for (String address : addresses == null ? List.<String>of() : addresses) {
            try {
                InetAddress.ofLiteral(address);
            } catch (IllegalArgumentException _) {
                throw Refusal.badRequest("\"" + address + "\" in allowedIps is no IP address");
            }
        }
    }

    public List<AccountView> accounts() {
        synchronized (book) {
            return book.accounts().stream().map(AccountView::of).toList();
        }
    }

    public AccountView account(String username) {
        synchronized (book) {
            return AccountView.of(known(username));
        }
    }

    private Account known(String username) {
        Account account = book.account(username);
        if (account == null) {
            throw Refusal.notFound("There is no account \"" + username + "\"");
        }
        return account;
    }

    /** Sets the balance to so many rupiah; the statement shows the difference as an adjustment. */
    public AccountView setBalance(String username, long rupiah) {
        requireBalance(rupiah);
        synchronized (book) {
            Account account = known(username);
            return adjust(account, rupiah - account.balance());
        }
    }

    /** Adds to the balance, which is the way to do it while purchases are going on. */
    public AccountView addToBalance(String username, long rupiah) {
        synchronized (book) {
            Account account = known(username);
            require(Math.abs(rupiah) <= BALANCE_MAX, "add is at most " + BALANCE_MAX);
            requireBalance(account.balance() + rupiah);
            return adjust(account, rupiah);
        }
    }

    private AccountView adjust(Account account, long rupiah) {
        if (rupiah != 0) {
            book.record(new Entry.BalanceMoved(book.now(), account.username(), rupiah));
        }
        return AccountView.of(account);
    }

    /** Sets where callbacks go (empty for nowhere) and what they are signed with; null leaves either as it is. */
    public AccountView setWebhook(String username, @Nullable String callbackUrl, @Nullable String webhookSecret) {
        synchronized (book) {
            known(username);
            return createAccount(new AccountRequest(username, null, callbackUrl, webhookSecret, null));
        }
    }

    /** The switches that hold for an account, or for everybody if it is null. */
    public Switches switches(@Nullable String username) {
        requireKnown(username);
        return board.effective(username);
    }

    private void requireKnown(@Nullable String username) {
        if (username != null) {
            known(username);
        }
    }

    public Switches changeSwitches(@Nullable String username, SwitchChange change) {
        return changeSwitches(username, change.json());
    }

    Switches changeSwitches(@Nullable String username, ObjectNode change) {
        synchronized (book) {
            requireKnown(username);
            try {
                book.record(new Entry.SwitchesKept(username, board.afterChange(username, change)));
            } catch (JacksonException e) {
                throw Refusal.badRequest(Json.complaint(e));
            }
            return board.effective(username);
        }
    }

    /** Takes all switches of an account (or those set for everybody) back. */
    public Switches resetSwitches(@Nullable String username) {
        synchronized (book) {
            requireKnown(username);
            book.record(new Entry.SwitchesKept(username, SwitchChange.set().json()));
            return board.effective(username);
        }
    }

    public void script(String customerNo, Script script) {
        require(
                !customerNo.isBlank() && customerNo.length() <= NUMBER_LENGTH_MAX,
                "customer_no is missing or too long");
        synchronized (book) {
            book.record(new Entry.ScriptKept(customerNo, script));
        }
    }

    public void removeScript(String customerNo) {
        synchronized (book) {
            book.record(new Entry.ScriptKept(customerNo, null));
        }
    }

    /** The scripts that are not used up, by destination. */
    public Map<String, Script> scripts() {
        synchronized (book) {
            return book.scripts();
        }
    }

    public ProductView changeProduct(String sku, ProductChange change) {
        synchronized (book) {
            ProductView before = product(sku);
            boolean prepaid = before.price() != null;
            boolean fits = prepaid ? change.admin() == null && change.commission() == null : change.fitsBills();
            require(fits, "\"" + sku + "\" has no such field");
            book.record(new Entry.ProductChanged(sku, change));
            return product(sku);
        }
    }

    public ProductView product(String sku) {
        synchronized (book) {
            PrepaidProduct prepaid = book.catalogue().prepaid(sku);
            PostpaidProduct postpaid = book.catalogue().postpaid(sku);
            if (prepaid != null) {
                return ProductView.of(prepaid);
            }
            if (postpaid != null) {
                return ProductView.of(postpaid);
            }
            throw Refusal.notFound("There is no product \"" + sku + "\"");
        }
    }

    public List<ProductView> products() {
        synchronized (book) {
            return Stream.concat(
                            book.catalogue().prepaid().stream().map(ProductView::of),
                            book.catalogue().postpaid().stream().map(ProductView::of))
                    .toList();
        }
    }

    public void block(String number) {
        synchronized (book) {
            book.record(new Entry.NumberBlocked(number, true));
        }
    }

    public void unblock(String number) {
        synchronized (book) {
            book.record(new Entry.NumberBlocked(number, false));
        }
    }

    public List<String> blockedNumbers() {
        synchronized (book) {
            return book.blockedNumbers();
        }
    }

    /** Sends a callback by hand and waits for what the receiver says. */
    public CallbackReceipt sendCallback(RawCallback callback) {
        return rawCallbacks.send(callback);
    }

    /** What was done for a ref_id, one entry for every account that used it. */
    public List<Delivery> deliveries(String refId) {
        synchronized (book) {
            List<Delivery> found = new ArrayList<>();
            for (Account account : book.accounts()) {
                Reference reference = account.reference(refId);
                if (reference != null) {
                    found.add(Delivery.of(reference));
                }
            }
            return found;
        }
    }

    /** What was done, oldest reference first; null for all accounts or all destinations. */
    public Page<Delivery> deliveries(@Nullable String username, @Nullable String customerNo, long cursor, int limit) {
        synchronized (book) {
            Predicate<Reference> wanted = reference -> !reference.superseded()
                    && (username == null || reference.account().username().equals(username))
                    && (customerNo == null || reference.customerNo().equals(customerNo));
            return page(book.references(), cursor, limit, wanted);
        }
    }

    private static Page<Delivery> page(
            List<Reference> references, long cursor, int limit, Predicate<Reference> wanted) {
        List<Delivery> items = new ArrayList<>();
        for (int number = clamped(cursor, references.size()); number < references.size(); number++) {
            Reference reference = references.get(number);
            if (wanted.test(reference)) {
                if (items.size() == Math.min(limit, PAGE_SIZE_MAX)) {
                    return new Page<>(items, (long) number);
                }
                items.add(Delivery.of(reference));
            }
        }
        return new Page<>(items, null);
    }

    private static int clamped(long cursor, int size) {
        return Math.clamp(cursor, 0, size);
    }

    /** The last references, newest first. */
    public List<Delivery> latestDeliveries(int limit) {
        synchronized (book) {
            return book.references().reversed().stream()
                    .filter(reference -> !reference.superseded())
                    .limit(Math.min(limit, PAGE_SIZE_MAX))
                    .map(Delivery::of)
                    .toList();
        }
    }

    public Summary summary() {
        synchronized (book) {
            return book.summary();
        }
    }

    /** The movements of an account's balance, oldest first: from is included, to is not, null is no bound. */
    public Page<StatementLine> statement(
            String username, @Nullable Instant from, @Nullable Instant to, long cursor, int limit) {
        synchronized (book) {
            List<Account.Movement> movements = known(username).movements();
            List<StatementLine> items = new ArrayList<>();
            for (int number = clamped(cursor, movements.size()); number < movements.size(); number++) {
                Account.Movement movement = movements.get(number);
                if (isWithin(movement.at(), from, to)) {
                    if (items.size() == Math.min(limit, PAGE_SIZE_MAX)) {
                        return new Page<>(items, (long) number);
                    }
                    items.add(StatementLine.of(number, movement));
                }
            }
            return new Page<>(items, null);
        }
    }

    private static boolean isWithin(long at, @Nullable Instant from, @Nullable Instant to) {
        return (from == null || at >= from.toEpochMilli()) && (to == null || at < to.toEpochMilli());
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw Refusal.badRequest(message);
        }
    }
}
