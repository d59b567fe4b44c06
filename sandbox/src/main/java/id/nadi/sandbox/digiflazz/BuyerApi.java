package id.nadi.sandbox.digiflazz;

import id.nadi.sandbox.common.Secrets;
import id.nadi.sandbox.digiflazz.Outlet.Exchange;
import id.nadi.sandbox.switches.SwitchBoard;
import id.nadi.sandbox.web.Wire;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The buyer API over HTTP: what every call goes through, from its body to the answer. */
final class BuyerApi {
    private static final String BASE = "/digiflazz/v1";

    private final Book book;
    private final SwitchBoard<Switches> board;
    private final Scripts scripts;
    private final Pings pings;
    private final Outlet outlet;

    BuyerApi(Book book, SwitchBoard<Switches> board, Scripts scripts, Pings pings, Outlet outlet) {
        this.book = book;
        this.board = board;
        this.scripts = scripts;
        this.pings = pings;
        this.outlet = outlet;
    }

    /** Adds a route for each operation, by its path. */
    void addRoutes(JavalinDefaultRoutingApi routes, Map<String, Operation> operations) {
        operations.forEach((path, operation) -> {
            routes.post(BASE + path, context -> serve(context, operation));
            HandlerType.commonHttp().stream()
                    .filter(method -> !method.equals(HandlerType.POST))
                    .forEach(method -> routes.addHttpHandler(method, BASE + path, this::refuseMethod));
        });
        routes.post(BASE + "/report/hooks/{id}/pings", this::ping);
    }

    private void serve(Context context, Operation operation) throws IOException {
        long startedNanos = System.nanoTime();
        Payload payload = Payload.read(context);
        Exchange exchange = new Exchange(context, payload, startedNanos);
        Switches switches = board.effective(payload.peek("username"));
        try {
            outlet.hold(latencyMs(switches));
            Mode scripted = scripts.takeFault(payload.peek("customer_no"));
            Mode mode = scripted == null ? switches.mode() : scripted;
            if (mode.carriesOut() || switches.buyBeforeFault()) {
                outlet.letOut(exchange, counted(reply(operation, exchange)), mode, switches);
            } else {
                count(null);
                outlet.turnAway(exchange, mode);
            }
        } catch (InterruptedException _) {
            Wire.hangUp(context);
        }
    }

    private static long latencyMs(Switches switches) {
        long jitterMs = switches.latencyJitterMs();
        return switches.latencyMs()
                + (jitterMs == 0 ? 0 : ThreadLocalRandom.current().nextLong(jitterMs + 1));
    }

    /** The signature comes first, as far as it can: without a name there is no key to check it with. */
    private Reply reply(Operation operation, Exchange exchange) {
        Payload payload = exchange.payload();
        String username = payload.text("username");
        String sign = payload.text("sign");
        String signedPart = operation.signedPart(payload);
        if (payload.isBroken()) {
            return Reply.refused(ResponseCode.PAYLOAD_ERROR);
        }
        Account account = book.account(username);
        if (account == null) {
            return Reply.refused(ResponseCode.USERNAME_UNKNOWN);
        }
        if (!Secrets.same(Signatures.ofCall(username, account.apiKey(), signedPart), sign)) {
            return Reply.refused(ResponseCode.SIGNATURE_INVALID);
        }
        return account.lets(exchange.context().req().getRemoteAddr())
                ? operation.answer(account, payload)
                : Reply.refused(ResponseCode.ADDRESS_UNKNOWN);
    }

    private Reply counted(Reply reply) {
        if (!reply.counted()) {
            count(reply.rc());
        }
        return reply;
    }

    private void count(@Nullable ResponseCode rc) {
        synchronized (book) {
            book.record(new Entry.Answered(rc));
        }
    }

    private void refuseMethod(Context context) throws IOException {
        context.header("Allow", "POST");
        answer(context, Reply.refused(405, ResponseCode.PAYLOAD_ERROR));
    }

    private void ping(Context context) throws IOException {
        answer(context, pings.send(context.pathParam("id")));
    }

    private void answer(Context context, Reply reply) throws IOException {
        Exchange exchange = new Exchange(context, Payload.read(context), System.nanoTime());
        outlet.letOut(exchange, counted(reply));
    }
}
