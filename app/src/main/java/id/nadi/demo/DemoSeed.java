package id.nadi.demo;

import id.nadi.audit.Actor;
import id.nadi.catalog.Catalog;
import id.nadi.catalog.OperatorPrefixes;
import id.nadi.demo.DemoFile.Partner;
import id.nadi.demo.DemoFile.Person;
import id.nadi.demo.DemoFile.Shop;
import id.nadi.identity.ApiKey;
import id.nadi.identity.ApiKeys;
import id.nadi.identity.Member;
import id.nadi.identity.Members;
import id.nadi.identity.Role;
import id.nadi.identity.Staff;
import id.nadi.kernel.Currency;
import id.nadi.kernel.Hashes;
import id.nadi.kernel.Ids;
import id.nadi.kernel.Money;
import id.nadi.ledger.AccountKind;
import id.nadi.ledger.Ledger;
import id.nadi.ledger.PostingKind;
import id.nadi.ledger.Purpose;
import id.nadi.ledger.Wallet;
import id.nadi.resellers.LevelId;
import id.nadi.resellers.Markup;
import id.nadi.resellers.Resellers;
import id.nadi.suppliers.Supplier;
import id.nadi.suppliers.Suppliers;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.tenancy.Tenant;
import id.nadi.tenancy.Tenants;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Makes what the demo shows, each thing only where it is missing: it may have died anywhere the last time.
 */
@Component
@ConditionalOnBooleanProperty("nadi.demo")
class DemoSeed {
    static final String ERAFLAZZ = "eraflazz";
    private static final String SUPPLIER = "Sandbox Digiflazz";
    private static final String SANDBOX_USERNAME = "eraflazz";
    private static final ZoneId WIB = ZoneId.of("Asia/Jakarta");
    private static final Money WALLET_TARGET = Money.idr(5_000_000);
    private static final Money POOR_WALLET = Money.idr(1_000);
    private static final Money SUPPLIER_FUNDS = Money.idr(100_000_000);
    private static final long MARKUP = 350;

    private static final Map<String, String> TENANTS = tenants();

    private final Tenants tenants;
    private final Staff staff;
    private final Members members;
    private final ApiKeys apiKeys;
    private final Resellers resellers;
    private final Catalog catalog;
    private final Ledger ledger;
    private final Suppliers suppliers;

    DemoSeed(
            Tenants tenants,
            Staff staff,
            Members members,
            ApiKeys apiKeys,
            Resellers resellers,
            Catalog catalog,
            Ledger ledger,
            Suppliers suppliers) {
        this.tenants = tenants;
        this.staff = staff;
        this.members = members;
        this.apiKeys = apiKeys;
        this.resellers = resellers;
        this.catalog = catalog;
        this.ledger = ledger;
        this.suppliers = suppliers;
    }

    private static Map<String, String> tenants() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(ERAFLAZZ, "Eraflazz");
        names.put("tiranyx", "Tiranyx");
        names.put("buatfilm", "Buatfilm");
        names.put("lumicloud", "LumiCloud");
        names.put("bizone", "BizOne");
        return names;
    }

    /** Makes what is missing of all five tenants. */
    void seed(DemoFile file, SandboxProcess sandbox, URI baseUrl) throws IOException, InterruptedException {
        file.locate(baseUrl.toString(), sandbox.baseUrl().toString());
        for (Map.Entry<String, String> entry : TENANTS.entrySet()) {
            Tenant tenant = tenants.bySlug(entry.getKey())
                    .map(tenants::get)
                    .orElseGet(() -> tenants.create(entry.getKey(), entry.getValue(), WIB, Currency.IDR));
            seedOwner(file, tenant);
        }
        Tenant eraflazz = tenants.get(tenants.bySlug(ERAFLAZZ).orElseThrow());
        seedEraflazz(file, sandbox, baseUrl, eraflazz);
    }

    private void seedOwner(DemoFile file, Tenant tenant) throws IOException {
        Shop shop = file.shop(tenant.slug());
        if (shop.staff().isEmpty()) {
            String email = "owner@" + tenant.slug() + ".test";
            shop = new Shop(
                    tenant.slug(), List.of(new Person(email, Hashes.token(12), Role.OWNER.name())), shop.resellers());
            file.put(shop);
        }
        Person owner = shop.staff().getFirst();
        CurrentTenant.run(tenant.id(), () -> {
            if (staff.all().stream().noneMatch(person -> person.email().equals(owner.email()))) {
                staff.create("Pemilik " + tenant.name(), owner.email(), owner.password(), Role.OWNER, Actor.OPERATOR);
            }
        });
    }

    private void seedEraflazz(DemoFile file, SandboxProcess sandbox, URI baseUrl, Tenant tenant)
            throws IOException, InterruptedException {
        JsonNode account = sandbox.control(
                "POST", "/accounts", Map.of("username", SANDBOX_USERNAME, "balance", SUPPLIER_FUNDS.amount()));
        Map<String, String> credentials = Map.of(
                "username", SANDBOX_USERNAME,
                "apiKey", account.path("apiKey").asString(),
                "webhookSecret", account.path("webhookSecret").asString());
        URI address = URI.create(sandbox.baseUrl() + "/digiflazz/v1");
        Supplier supplier = CurrentTenant.call(tenant.id(), () -> connected(address, credentials));
        String callback = baseUrl + "/t/" + tenant.slug() + "/callbacks/digiflazz/" + supplier.connectionKey();
        sandbox.control("PUT", "/accounts/" + SANDBOX_USERNAME + "/webhook", Map.of("callbackUrl", callback));
        CurrentTenant.run(tenant.id(), () -> {
            if (catalog.view(tenant.id()).products().isEmpty()) {
                catalog.setPrefixes(OperatorPrefixes.published(), Actor.OPERATOR);
                suppliers.refreshCatalogue(supplier.id(), Actor.OPERATOR);
                suppliers.fund(supplier.id(), SUPPLIER_FUNDS, Actor.OPERATOR);
            }
            suppliers.refreshBalance(supplier.id());
        });
        seedResellers(file, tenant);
    }

    private Supplier connected(URI address, Map<String, String> credentials) {
        Optional<Supplier> known = suppliers.all().stream()
                .filter(supplier -> supplier.name().equals(SUPPLIER))
                .findFirst();
        if (known.isEmpty()) {
            return suppliers.add(SUPPLIER, "digiflazz", address, credentials, Actor.OPERATOR);
        }
        Supplier supplier = known.get();
        if (!supplier.baseUrl().equals(address) || !supplier.credentials().equals(credentials)) {
            suppliers.reconnect(supplier.id(), address, credentials, Actor.OPERATOR);
        }
        return supplier;
    }

    private void seedResellers(DemoFile file, Tenant tenant) throws IOException {
        Shop shop = file.shop(tenant.slug());
        if (shop.resellers().isEmpty()) {
            shop = new Shop(tenant.slug(), shop.staff(), List.of(partner("EF0001"), partner("EF0002")));
            file.put(shop);
        }
        List<Partner> partners = new ArrayList<>();
        for (Partner partner : shop.resellers()) {
            partners.add(CurrentTenant.call(tenant.id(), () -> enrolled(partner, tenant)));
        }
        file.put(new Shop(tenant.slug(), shop.staff(), List.copyOf(partners)));
        topUp(tenant, partners.getFirst(), WALLET_TARGET);
        topUp(tenant, partners.get(1), POOR_WALLET);
    }

    private static Partner partner(String code) {
        String email = code.toLowerCase(java.util.Locale.ROOT) + "@eraflazz.test";
        return new Partner(code, email, Hashes.token(12), pin(), null, null);
    }

    /** Random digits that the PIN rules take: neither a run nor all the same. */
    private static String pin() {
        SecureRandom random = new SecureRandom();
        while (true) {
            String pin = String.format("%06d", random.nextInt(1_000_000));
            if (pin.chars().distinct().count() > 3) {
                return pin;
            }
        }
    }

    private Partner enrolled(Partner partner, Tenant tenant) {
        Member member = members.findByCode(partner.code()).orElseGet(() -> {
            Member created = members.create(
                    partner.code(), "Reseller " + partner.code(), partner.email(), partner.password(), Actor.OPERATOR);
            members.setPin(created.id(), partner.pin(), Actor.OPERATOR);
            return created;
        });
        if (resellers.levelOf(tenant.id(), member.id()).isEmpty()) {
            LevelId level = resellers.createLevel("Agen " + partner.code(), 1, Actor.OPERATOR);
            resellers.setMarkup(level, null, null, Markup.fixed(MARKUP), Actor.OPERATOR);
            resellers.enrol(member.id(), level, Actor.OPERATOR);
        }
        if (ledger.walletOf(member.id()).isEmpty()) {
            ledger.openWallet(member.id(), Currency.IDR);
        }
        String key = partner.apiKey();
        if (key != null && apiKeys.find(key).isPresent()) {
            return partner;
        }
        ApiKey issued =
                apiKeys.issue(member.id(), "demo", Set.of(), new ApiKeys.Rates(100_000, 100_000), Actor.OPERATOR);
        return partner.withKey(issued.key(), issued.secret());
    }

    /** The partner arrives with money: as a bank transfer that a person of the staff booked. */
    private void topUp(Tenant tenant, Partner partner, Money target) {
        CurrentTenant.run(tenant.id(), () -> {
            Member member = members.findByCode(partner.code()).orElseThrow();
            Wallet wallet = ledger.walletOf(member.id()).orElseThrow();
            Money missing = target.minus(wallet.balance());
            if (missing.isPositive()) {
                ledger.credit(
                        wallet.id(),
                        ledger.account(AccountKind.BANK, Currency.IDR),
                        missing,
                        new Purpose(PostingKind.DEPOSIT, Ids.next(), "Setoran demo"));
            }
        });
    }
}
