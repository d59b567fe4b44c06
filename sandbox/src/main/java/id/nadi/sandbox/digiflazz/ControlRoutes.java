package id.nadi.sandbox.digiflazz;

import id.nadi.sandbox.web.Control;
import id.nadi.sandbox.web.Refusal;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@link DigiflazzControl} over HTTP. */
final class ControlRoutes {
    private static final String BASE = "/control/digiflazz";
    private static final int PAGE_SIZE = 100;

    private final DigiflazzControl control;

    private record Items(List<?> items) {}

    private record Balance(@Nullable Long balance, @Nullable Long add) {}

    private record Webhook(
            @Nullable String callbackUrl, @Nullable String webhookSecret) {}

    ControlRoutes(DigiflazzControl control) {
        this.control = control;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.post(BASE + "/accounts", this::createAccount);
        routes.get(BASE + "/accounts", context -> Control.answer(context, new Items(control.accounts())));
        routes.get(BASE + "/accounts/{username}", this::account);
        routes.put(BASE + "/accounts/{username}/balance", this::setBalance);
        routes.put(BASE + "/accounts/{username}/webhook", this::setWebhook);
        routes.get(BASE + "/switches", this::switches);
        routes.put(BASE + "/switches", this::changeSwitches);
        routes.delete(BASE + "/switches", this::resetSwitches);
        routes.get(BASE + "/scripts", context -> Control.answer(context, control.scripts()));
        routes.put(BASE + "/scripts/{number}", this::script);
        routes.delete(BASE + "/scripts/{number}", this::removeScript);
        routes.get(BASE + "/products", context -> Control.answer(context, new Items(control.products())));
        routes.get(BASE + "/products/{sku}", this::product);
        routes.put(BASE + "/products/{sku}", this::changeProduct);
        routes.get(BASE + "/blocked", context -> Control.answer(context, new Items(control.blockedNumbers())));
        routes.put(BASE + "/blocked/{number}", this::block);
        routes.delete(BASE + "/blocked/{number}", this::unblock);
        routes.post(BASE + "/callbacks", this::sendCallback);
        routes.get(BASE + "/deliveries", this::deliveries);
        routes.get(BASE + "/summary", context -> Control.answer(context, control.summary()));
        routes.get(BASE + "/statement", this::statement);
    }

    private void createAccount(Context context) throws IOException {
        AccountRequest request = Control.read(context, AccountRequest.class);
        Control.answer(context, 201, control.createAccount(request));
    }

    private void account(Context context) throws IOException {
        Control.answer(context, control.account(context.pathParam("username")));
    }

    private void setBalance(Context context) throws IOException {
        String username = context.pathParam("username");
        Balance balance = Control.read(context, Balance.class);
        if ((balance.balance() == null) == (balance.add() == null)) {
            throw Refusal.badRequest("Either balance or add has to be there");
        }
        Control.answer(
                context,
                balance.balance() == null
                        ? control.addToBalance(username, balance.add())
                        : control.setBalance(username, balance.balance()));
    }

    private void setWebhook(Context context) throws IOException {
        Webhook webhook = Control.read(context, Webhook.class);
        Control.answer(
                context,
                control.setWebhook(context.pathParam("username"), webhook.callbackUrl(), webhook.webhookSecret()));
    }

    private void switches(Context context) throws IOException {
        Control.answer(context, control.switches(context.queryParam("username")));
    }

    private void changeSwitches(Context context) throws IOException {
        ObjectNode change = Control.read(context, ObjectNode.class);
        Control.answer(context, control.changeSwitches(context.queryParam("username"), change));
    }

    private void resetSwitches(Context context) throws IOException {
        Control.answer(context, control.resetSwitches(context.queryParam("username")));
    }

    private void script(Context context) throws IOException {
        Script script = Control.read(context, Script.class);
        control.script(context.pathParam("number"), script);
        Control.answer(context, script);
    }

    private void removeScript(Context context) {
        control.removeScript(context.pathParam("number"));
        context.status(204);
    }

    private void product(Context context) throws IOException {
        Control.answer(context, control.product(context.pathParam("sku")));
    }

    private void changeProduct(Context context) throws IOException {
        ProductChange change = Control.read(context, ProductChange.class);
        Control.answer(context, control.changeProduct(context.pathParam("sku"), change));
    }

    private void block(Context context) {
        control.block(context.pathParam("number"));
        context.status(204);
    }

    private void unblock(Context context) {
        control.unblock(context.pathParam("number"));
        context.status(204);
    }

    private void sendCallback(Context context) throws IOException {
        Control.answer(context, control.sendCallback(Control.read(context, RawCallback.class)));
    }

    private void deliveries(Context context) throws IOException {
        String refId = context.queryParam("ref_id");
        int limit = Control.limit(context, PAGE_SIZE, DigiflazzControl.PAGE_SIZE_MAX);
        if (refId != null) {
            Control.answer(context, new Items(control.deliveries(refId)));
        } else if ("newest".equals(context.queryParam("order"))) {
            Control.answer(context, new Items(control.latestDeliveries(limit)));
        } else {
            Control.answer(
                    context,
                    control.deliveries(
                            context.queryParam("username"),
                            context.queryParam("customer_no"),
                            Control.number(context, "cursor", 0),
                            limit));
        }
    }

    private void statement(Context context) throws IOException {
        Control.answer(
                context,
                control.statement(
                        Control.required(context, "username"),
                        Control.instant(context, "from"),
                        Control.instant(context, "to"),
                        Control.number(context, "cursor", 0),
                        Control.limit(context, PAGE_SIZE, DigiflazzControl.PAGE_SIZE_MAX)));
    }
}
