package id.nadi.sandbox.digiflazz;

import id.nadi.sandbox.standin.StandIn;
import id.nadi.sandbox.standin.Surroundings;
import id.nadi.sandbox.switches.SwitchBoard;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The stand-in for Digiflazz, put together. */
public final class Digiflazz implements StandIn {
    private final Book book;
    private final Callbacks callbacks;
    private final Settlements settlements;
    private final Outlet outlet;
    private final BuyerApi buyerApi;
    private final Map<String, Operation> operations;
    private final DigiflazzControl control;

    public Digiflazz(Surroundings around, Duration minRepoll, Duration priceListInterval) {
        SwitchBoard<Switches> board =
                new SwitchBoard<>(Switches.class, Switches.defaults(minRepoll, priceListInterval));
        this.book = new Book(around.directory(), around.clock(), board);
        Scripts scripts = new Scripts(book);
        this.callbacks = new Callbacks(book, around.agenda(), board, around.callbackSender());
        this.settlements = new Settlements(book, around.agenda(), board, callbacks);
        this.outlet = new Outlet(book, board, around.calls());
        this.buyerApi = new BuyerApi(book, board, scripts, new Pings(book, around.callbackSender()), outlet);
        this.operations = Map.of(
                "/cek-saldo", new BalanceCheck(book),
                "/price-list", new PriceList(book, board),
                "/deposit", new DepositTicket(book),
                "/transaction", transactions(board, scripts),
                "/inquiry-pln", new PlnCheck(book, scripts, board));
        this.control = new DigiflazzControl(book, board, around.callbackSender());
    }

    private Transactions transactions(SwitchBoard<Switches> board, Scripts scripts) {
        TestNumbers testNumbers = new TestNumbers();
        Replies replies = new Replies(book);
        return new Transactions(
                new TopUps(book, board, scripts, testNumbers, replies, settlements),
                new BillPayments(book, board, scripts, testNumbers, replies, settlements),
                replies);
    }

    public DigiflazzControl control() {
        return control;
    }

    @Override
    public void addRoutes(JavalinDefaultRoutingApi routes) {
        buyerApi.addRoutes(routes, operations);
        new ControlRoutes(control).addTo(routes);
    }

    @Override
    public void resume() {
        settlements.resume();
        callbacks.resume();
    }

    @Override
    public Collection<String> secrets() {
        List<String> secrets = new ArrayList<>();
        for (Account account : book.accounts()) {
            secrets.add(account.apiKey());
            secrets.add(account.webhookSecret());
        }
        return secrets;
    }

    @Override
    public void leave() {
        outlet.close();
    }

    @Override
    public void close() {
        book.close();
    }
}
