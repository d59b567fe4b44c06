package id.nadi.bench;

import id.nadi.audit.Actor;
import id.nadi.catalog.Catalog;
import id.nadi.catalog.DestinationKind;
import id.nadi.catalog.ProductDraft;
import id.nadi.kernel.Currency;
import id.nadi.kernel.MemberId;
import id.nadi.kernel.Money;
import id.nadi.kernel.TenantId;
import id.nadi.ledger.AccountKind;
import id.nadi.ledger.Ledger;
import id.nadi.ledger.PostingKind;
import id.nadi.resellers.LevelId;
import id.nadi.resellers.Markup;
import id.nadi.resellers.Resellers;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.tenancy.Tenant;
import id.nadi.tenancy.Tenants;
import id.nadi.tenancy.Transactions;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tenants with products, and resellers with wallets spread evenly over them: who buys in a bench, and what. */
final class Market {
    static final int PRODUCTS = 20;
    private static final long COST = 10_000;
    private static final long MARKUP = 500;
    private static final long RICH = 1_000_000_000_000L;
    private static final long POOR = COST / 2;
    private static final int POOR_PERCENT = 5;

    /** A member who buys. */
    record Buyer(TenantId tenant, MemberId member) {}

    private final String name;
    private final List<Buyer> buyers;

    private Market(String name, List<Buyer> buyers) {
        this.name = name;
        this.buyers = buyers;
    }

    /** Opens one with so many tenants and wallets; of these, 5 % hold too little for a single purchase. */
    static Market open(ApplicationContext application, int tenants, int wallets) {
        List<Buyer> buyers = new ArrayList<>();
        String opened = Long.toString(System.currentTimeMillis(), 36);
        for (int number = 0; number < tenants; number++) {
            Tenant tenant = application
                    .getBean(Tenants.class)
                    .create(
                            "bench-" + opened + "-" + tenants + "-" + number,
                            "Bench " + number,
                            ZoneId.of("Asia/Jakarta"),
                            Currency.IDR);
            int share = wallets / tenants + (number < wallets % tenants ? 1 : 0);
            CurrentTenant.run(
                    tenant.id(),
                    () -> application
                            .getBean(Transactions.class)
                            .run(() -> buyers.addAll(furnish(application, tenant.id(), share))));
        }
        // Buyers of all tenants come mixed, as they do in life; always in the same mix.
        Collections.shuffle(buyers, new Random(tenants));
        return new Market("engine" + tenants, List.copyOf(buyers));
    }

    String name() {
        return name;
    }

    List<Buyer> buyers() {
        return buyers;
    }

    static String product(int number) {
        return "S" + number;
    }

    private static List<Buyer> furnish(ApplicationContext application, TenantId tenant, int wallets) {
        Catalog catalog = application.getBean(Catalog.class);
        Resellers resellers = application.getBean(Resellers.class);
        catalog.save(
                IntStream.range(0, PRODUCTS)
                        .mapToObj(number -> new ProductDraft(
                                product(number),
                                "Telkomsel " + number,
                                "Pulsa",
                                "TELKOMSEL",
                                InstantFulfilment.NAME,
                                DestinationKind.PHONE,
                                Money.idr(COST),
                                1,
                                true,
                                null,
                                ""))
                        .toList(),
                Actor.OPERATOR);
        catalog.setPrefixes(Map.of("0812", "TELKOMSEL"), Actor.OPERATOR);
        LevelId level = resellers.createLevel("Agen", 1, Actor.OPERATOR);
        resellers.setMarkup(level, null, null, Markup.fixed(MARKUP), Actor.OPERATOR);
        UUID bank = application
                .getBean(Ledger.class)
                .account(AccountKind.BANK, Currency.IDR)
                .value();
        return fill(application.getBean(JdbcClient.class), tenant, level, bank, wallets);
    }

    /** Members, wallets and their first deposits by the thousand: the same rows that the facades write one by one. */
    private static List<Buyer> fill(JdbcClient jdbc, TenantId tenant, LevelId level, UUID bank, int wallets) {
        return jdbc.sql("""
                        WITH made AS MATERIALIZED (
                            SELECT number, uuidv7() AS member, uuidv7() AS wallet, uuidv7() AS receivable,
                                   CASE WHEN number % 100 < :poorPercent THEN :poor ELSE :rich END::bigint AS deposit
                              FROM generate_series(0, :wallets - 1) number),
                        members AS (
                            INSERT INTO member (id, tenant_id, code, name, email, password_hash)
                            SELECT member, :tenant, 'R' || number, 'Reseller ' || number,
                                   'r' || number || '@example.test', ''
                              FROM made),
                        enrolled AS (
                            INSERT INTO reseller (member_id, tenant_id, level_id) SELECT member, :tenant, :level FROM made),
                        receivables AS (
                            INSERT INTO account (id, tenant_id, kind, party_id, currency)
                            SELECT receivable, :tenant, :receivableKind, member, 'IDR' FROM made),
                        wallets AS (
                            INSERT INTO wallet (id, tenant_id, member_id, receivable_id, currency, posted, version)
                            SELECT wallet, :tenant, member, receivable, 'IDR', deposit, 1 FROM made),
                        deposits AS (
                            INSERT INTO posting (id, tenant_id, debit_account, credit_account, amount, kind, subject_id,
                                                 credit_version, credit_before, credit_after, currency)
                            SELECT uuidv7(), :tenant, :bank, wallet, deposit, :depositKind, uuidv7(), 1, 0, deposit, 'IDR'
                              FROM made)
                        SELECT member FROM made""")
                .param("tenant", tenant.value())
                .param("level", level.value())
                .param("bank", bank)
                .param("wallets", wallets)
                .param("poorPercent", POOR_PERCENT)
                .param("poor", POOR)
                .param("rich", RICH)
                .param("receivableKind", AccountKind.RECEIVABLE.name())
                .param("depositKind", PostingKind.DEPOSIT.number())
                .query((row, at) -> new Buyer(tenant, new MemberId(row.getObject(1, UUID.class))))
                .list();
    }
}
