package id.nadi.testing;

import id.nadi.audit.Actor;
import id.nadi.catalog.Catalog;
import id.nadi.catalog.DestinationKind;
import id.nadi.catalog.ProductDraft;
import id.nadi.identity.ApiKey;
import id.nadi.identity.ApiKeys;
import id.nadi.identity.Member;
import id.nadi.identity.Members;
import id.nadi.kernel.Currency;
import id.nadi.kernel.Hashes;
import id.nadi.kernel.Ids;
import id.nadi.kernel.MemberId;
import id.nadi.kernel.Money;
import id.nadi.ledger.AccountKind;
import id.nadi.ledger.Ledger;
import id.nadi.ledger.PostingKind;
import id.nadi.ledger.Purpose;
import id.nadi.ledger.Wallet;
import id.nadi.resellers.LevelId;
import id.nadi.resellers.Markup;
import id.nadi.resellers.Resellers;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.tenancy.Tenant;
import id.nadi.tenancy.Tenants;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Opens shops: a tenant of its own for each test, with products at a cost of 10.000 and a markup of 500. */
public class Shop {
    public static final String PRODUCT = "S10";
    public static final long COST = 10_000;
    public static final long PRICE = 10_500;
    private static final AtomicLong NUMBER = new AtomicLong();

    private final Tenants tenants;
    private final Members members;
    private final Resellers resellers;
    private final Catalog catalog;
    private final Ledger ledger;
    private final ApiKeys apiKeys;

    public Shop(
            Tenants tenants, Members members, Resellers resellers, Catalog catalog, Ledger ledger, ApiKeys apiKeys) {
        this.tenants = tenants;
        this.members = members;
        this.resellers = resellers;
        this.catalog = catalog;
        this.ledger = ledger;
        this.apiKeys = apiKeys;
    }

    /** A tenant with its products and one level of resellers. */
    public record Open(Tenant tenant, LevelId level) {}

    /** A reseller with a wallet. */
    public record Buyer(Tenant tenant, Member member, Wallet wallet) {
        public MemberId id() {
            return member.id();
        }
    }

    public Open open() {
        Tenant tenant = tenants.create(
                "shop" + NUMBER.incrementAndGet() + "x" + Long.toString(System.nanoTime(), 36),
                "A shop",
                ZoneId.of("Asia/Jakarta"),
                Currency.IDR);
        return CurrentTenant.call(tenant.id(), () -> {
            catalog.save(
                    List.of(
                            draft(PRODUCT, "Telkomsel 10.000", "Pulsa", "TELKOMSEL", DestinationKind.PHONE, true),
                            draft("X10", "XL 10.000", "Pulsa", "XL", DestinationKind.PHONE, true),
                            draft("CLOSED", "Closed", "Pulsa", "TELKOMSEL", DestinationKind.PHONE, false),
                            draft("PLN20", "Token PLN 20.000", "PLN", "PLN", DestinationKind.METER, true)),
                    Actor.OPERATOR);
            catalog.setPrefixes(
                    Map.of(
                            "0811",
                            "TELKOMSEL",
                            "0812",
                            "TELKOMSEL",
                            "0817",
                            "XL",
                            "0851",
                            "TELKOMSEL",
                            "085154",
                            "by.U"),
                    Actor.OPERATOR);
            LevelId level = resellers.createLevel("Agen", 1, Actor.OPERATOR);
            resellers.setMarkup(level, null, null, Markup.fixed(PRICE - COST), Actor.OPERATOR);
            return new Open(tenant, level);
        });
    }

    /** A reseller of that shop with so much in the wallet. */
    public Buyer buyer(Open shop, long balance) {
        return CurrentTenant.call(shop.tenant().id(), () -> {
            String code = "R" + NUMBER.incrementAndGet();
            Member member =
                    members.create(code, "Reseller " + code, code + "@example.test", Hashes.token(12), Actor.OPERATOR);
            resellers.enrol(member.id(), shop.level(), Actor.OPERATOR);
            Wallet wallet = ledger.openWallet(member.id(), Currency.IDR);
            if (balance > 0) {
                wallet = ledger.credit(
                        wallet.id(),
                        ledger.account(AccountKind.BANK, Currency.IDR),
                        Money.idr(balance),
                        Purpose.of(PostingKind.DEPOSIT, Ids.next()));
            }
            return new Buyer(shop.tenant(), member, wallet);
        });
    }

    public ApiKey key(Buyer buyer) {
        return CurrentTenant.call(
                buyer.tenant().id(),
                () -> apiKeys.issue(buyer.id(), "test", Set.of(), new ApiKeys.Rates(100_000, 100_000), Actor.OPERATOR));
    }

    /** A Telkomsel number that no other test uses. */
    public static String phone() {
        return "0812" + String.format("%08d", NUMBER.incrementAndGet());
    }

    private static ProductDraft draft(
            String code, String name, String category, String brand, DestinationKind destination, boolean active) {
        return new ProductDraft(
                code, name, category, brand, FakeFulfilment.NAME, destination, Money.idr(COST), 5, active, null, "");
    }
}
