package id.nadi.demo;

import id.nadi.catalog.Catalog;
import id.nadi.demo.DemoFile.Partner;
import id.nadi.demo.PartnerClient.Answer;
import id.nadi.kernel.Currency;
import id.nadi.kernel.Hashes;
import id.nadi.kernel.Money;
import id.nadi.ledger.AccountKind;
import id.nadi.ledger.BooksAudit;
import id.nadi.ledger.Ledger;
import id.nadi.orders.Attempt;
import id.nadi.orders.OrderId;
import id.nadi.orders.Orders;
import id.nadi.suppliers.Supplier;
import id.nadi.suppliers.SupplierId;
import id.nadi.suppliers.Suppliers;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.tenancy.Tenant;
import id.nadi.tenancy.Tenants;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Sells: a partner's server signs and places orders over HTTP, and every end is compared with what it has to be. */
@Component
@ConditionalOnBooleanProperty("nadi.demo")
class DemoSales {
    private static final Duration ENDED_MAX = Duration.ofSeconds(60);
    private static final Duration POLL_EVERY = Duration.ofMillis(150);
    private static final String ROW = "%-26s %-12s %-14s %-18s %10s  %-10s %-32s %6s%n";

    private final Tenants tenants;
    private final Catalog catalog;
    private final Orders orders;
    private final Ledger ledger;
    private final Suppliers suppliers;
    private final BooksAudit audit;

    DemoSales(Tenants tenants, Catalog catalog, Orders orders, Ledger ledger, Suppliers suppliers, BooksAudit audit) {
        this.tenants = tenants;
        this.catalog = catalog;
        this.orders = orders;
        this.ledger = ledger;
        this.suppliers = suppliers;
        this.audit = audit;
    }

    private record Running(Scene scene, String reference, OrderId order, long startedNanos) {}

    /** How the whole demonstration came out. */
    private static final class Tally {
        int placed;
        int succeeded;
        int refunded;
        int pending;
        int refused;
        int unexpected;
    }

    /** Sells and prints; answers whether everything ended as it should. */
    boolean sell(DemoFile file, SandboxProcess sandbox, URI baseUrl, PrintStream out)
            throws IOException, InterruptedException {
        Tenant tenant = tenants.get(tenants.bySlug(DemoSeed.ERAFLAZZ).orElseThrow());
        List<Partner> partners = file.shop(DemoSeed.ERAFLAZZ).resellers();
        Scenes scenes = new Scenes(catalog.view(tenant.id()), new SecureRandom());
        Tally tally = new Tally();
        long profitBefore = profit(tenant);
        try (PartnerClient rich = client(baseUrl, partners.getFirst());
                PartnerClient poor = client(baseUrl, partners.get(1))) {
            long before = rich.balance().data().path("balance").asLong();
            out.printf(ROW, "CODE", "PRODUCT", "DESTINATION", "SUPPLIER", "PRICE", "STATUS", "SN / REASON", "MS");
            out.println("-".repeat(136));
            List<Running> running = new ArrayList<>();
            for (Scene scene : scenes.all()) {
                if (scene.script() != null) {
                    sandbox.script(scene.destination(), scene.script());
                }
                place(tenant, rich, scene, running, tally, out);
                // Orders end while others are placed: the table shows them as they do.
                settle(tenant, rich, running, tally, out);
            }
            replay(tenant, rich, scenes, running, tally, out);
            refuse(tenant, poor, scenes.simple("no balance", "INSUFFICIENT_BALANCE"), tally, out);
            try (PartnerClient forger = forger(baseUrl, partners.getFirst())) {
                refuse(tenant, forger, scenes.simple("wrong signature", "SIGNATURE_INVALID"), tally, out);
            }
            long until = System.nanoTime() + ENDED_MAX.toNanos();
            while (!running.isEmpty() && System.nanoTime() < until) {
                Thread.sleep(POLL_EVERY);
                settle(tenant, rich, running, tally, out);
            }
            tally.pending = running.size();
            long after = rich.balance().data().path("balance").asLong();
            return summary(tally, before, after, profit(tenant) - profitBefore, sandbox, out);
        }
    }

    private void place(
            Tenant tenant, PartnerClient partner, Scene scene, List<Running> running, Tally tally, PrintStream out)
            throws IOException, InterruptedException {
        String reference = "demo-" + Hashes.token(9);
        long started = System.nanoTime();
        Answer answer = partner.order(body(scene, reference));
        if (answer.status() != 200) {
            refused(tenant, scene, answer, started, tally, out);
            return;
        }
        tally.placed++;
        running.add(new Running(
                scene,
                reference,
                new OrderId(UUID.fromString(answer.data().path("trx_id").asString())),
                started));
    }

    private static Map<String, Object> body(Scene scene, String reference) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ref_id", reference);
        body.put("product_code", scene.product());
        body.put("destination", scene.destination());
        return body;
    }

    /** The same reference twice: the same order, charged once. The same reference for something else: refused. */
    private void replay(
            Tenant tenant, PartnerClient partner, Scenes scenes, List<Running> running, Tally tally, PrintStream out)
            throws IOException, InterruptedException {
        Scene scene = scenes.simple("the same reference again", "SUCCESS");
        place(tenant, partner, scene, running, tally, out);
        Running first = running.getLast();
        Answer again = partner.order(body(scene, first.reference));
        boolean same = again.data()
                .path("trx_id")
                .asString("")
                .equals(first.order.value().toString());
        out.printf(
                ROW,
                "(same reference again)",
                scene.product(),
                scene.destination(),
                "-",
                "-",
                same ? "SAME" : "DIFFERENT",
                same ? "answered with the same order" : "a second order was made",
                "");
        if (!same) {
            tally.unexpected++;
        }
        Scene other = scenes.simple("a used reference", "REFERENCE_CONFLICT");
        long started = System.nanoTime();
        refused(tenant, other, partner.order(body(other, first.reference)), started, tally, out);
    }

    private void refuse(Tenant tenant, PartnerClient partner, Scene scene, Tally tally, PrintStream out)
            throws IOException, InterruptedException {
        long started = System.nanoTime();
        refused(tenant, scene, partner.order(body(scene, "demo-" + Hashes.token(9))), started, tally, out);
    }

    private void refused(Tenant tenant, Scene scene, Answer answer, long started, Tally tally, PrintStream out) {
        tally.refused++;
        boolean expected = scene.isRefused() && answer.errorCode().equals(scene.ends());
        if (!expected) {
            tally.unexpected++;
        }
        out.printf(
                ROW,
                "(" + scene.title() + ")",
                scene.product(),
                scene.destination(),
                "-",
                "-",
                "REFUSED",
                answer.errorCode() + (expected ? "" : "  ← expected " + scene.ends()),
                millis(started));
    }

    /** Prints what has ended since the last look. */
    private void settle(Tenant tenant, PartnerClient partner, List<Running> running, Tally tally, PrintStream out)
            throws IOException, InterruptedException {
        for (Running one : List.copyOf(running)) {
            Answer answer = partner.byReference(one.reference);
            String status = answer.data().path("status").asString("");
            if (status.equals("PENDING") || status.equals("PROCESSING")) {
                continue;
            }
            running.remove(one);
            if (status.equals("SUCCESS")) {
                tally.succeeded++;
            } else {
                tally.refunded++;
            }
            boolean expected = status.equals(one.scene.ends());
            if (!expected) {
                tally.unexpected++;
            }
            print(tenant, one, answer.data(), status, expected, out);
        }
    }

    private void print(Tenant tenant, Running one, JsonNode data, String status, boolean expected, PrintStream out) {
        String proof = status.equals("SUCCESS")
                ? data.path("sn").asString("")
                : data.path("message").asString("");
        out.printf(
                ROW,
                data.path("trx_code").asString(""),
                one.scene.product(),
                one.scene.destination(),
                CurrentTenant.call(tenant.id(), () -> supplierOf(one.order)),
                Money.idr(data.path("price").asLong()).display(),
                status,
                cut(proof, 32) + (expected ? "" : "  ← expected " + one.scene.ends()),
                millis(one.startedNanos));
    }

    private String supplierOf(OrderId order) {
        List<Attempt> attempts = orders.attempts(order);
        return attempts.isEmpty()
                ? "-"
                : suppliers
                        .find(new SupplierId(attempts.getLast().supplier()))
                        .map(Supplier::name)
                        .orElse("?");
    }

    private boolean summary(Tally tally, long before, long after, long profit, SandboxProcess sandbox, PrintStream out)
            throws IOException, InterruptedException {
        List<BooksAudit.Finding> findings = audit.run();
        long violations =
                findings.stream().mapToLong(BooksAudit.Finding::violations).sum();
        long twice =
                sandbox.control("GET", "/summary", null).path("deliveredTwice").asLong();
        out.println("-".repeat(136));
        out.printf(
                "placed %d   succeeded %d   refunded %d   pending %d   refused %d%n",
                tally.placed, tally.succeeded, tally.refunded, tally.pending, tally.refused);
        out.printf(
                "wallet %s → %s   profit %s   delivered twice at the supplier: %d%n",
                Money.idr(before).display(),
                Money.idr(after).display(),
                Money.idr(profit).display(),
                twice);
        out.printf(
                "audit %s (%d invariants)%n", violations == 0 ? "clean" : violations + " VIOLATIONS", findings.size());
        findings.stream()
                .filter(finding -> finding.violations() > 0)
                .forEach(finding -> out.println("  " + finding.violations() + " × " + finding.invariant()));
        if (tally.unexpected > 0) {
            out.println(tally.unexpected + " did not end as expected");
        }
        return tally.unexpected == 0 && tally.pending == 0 && violations == 0 && twice == 0;
    }

    /** What the house has earned: revenue less cost of sales. */
    private long profit(Tenant tenant) {
        return CurrentTenant.call(
                tenant.id(),
                () -> ledger.balance(ledger.account(AccountKind.REVENUE, Currency.IDR))
                        + ledger.balance(ledger.account(AccountKind.COST_OF_SALES, Currency.IDR)));
    }

    private static PartnerClient client(URI baseUrl, Partner partner) {
        return new PartnerClient(
                baseUrl, Objects.requireNonNull(partner.apiKey()), Objects.requireNonNull(partner.apiSecret()));
    }

    private static PartnerClient forger(URI baseUrl, Partner partner) {
        return new PartnerClient(baseUrl, Objects.requireNonNull(partner.apiKey()), "not-the-secret");
    }

    private static String millis(long startedNanos) {
        return Long.toString(Duration.ofNanos(System.nanoTime() - startedNanos).toMillis());
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
