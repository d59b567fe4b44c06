package id.nadi.suppliers;

import id.nadi.catalog.Product.CutOff;
import id.nadi.catalog.ProductId;
import id.nadi.kernel.SecretBox;
import id.nadi.kernel.SqlValues;
import id.nadi.kernel.TenantId;
import id.nadi.suppliers.SupplierAdapter.Offer;
import id.nadi.tenancy.CurrentTenant;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of suppliers and of what they call our products; each call needs a transaction of the tenant. */
@Component
class SupplierStore {
    private static final TypeReference<Map<String, String>> CREDENTIALS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final SecretBox secrets;
    private final JsonMapper json;

    SupplierStore(JdbcClient jdbc, SecretBox secrets, JsonMapper json) {
        this.jdbc = jdbc;
        this.secrets = secrets;
        this.json = json;
    }

    void insert(Supplier supplier) {
        jdbc.sql("""
                        INSERT INTO supplier (id, tenant_id, name, adapter, base_url, credentials_sealed, connection_key)
                        VALUES (?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        supplier.id().value(),
                        CurrentTenant.id().value(),
                        supplier.name(),
                        supplier.adapter(),
                        supplier.baseUrl().toString(),
                        sealed(supplier.id(), supplier.credentials()),
                        supplier.connectionKey())
                .update();
    }

    void update(SupplierId id, URI baseUrl, Map<String, String> credentials) {
        jdbc.sql("UPDATE supplier SET base_url = ?, credentials_sealed = ? WHERE id = ?")
                .params(baseUrl.toString(), sealed(id, credentials), id.value())
                .update();
    }

    void setActive(SupplierId id, boolean active) {
        jdbc.sql("UPDATE supplier SET active = ? WHERE id = ?")
                .params(active, id.value())
                .update();
    }

    List<Supplier> all() {
        return jdbc.sql("SELECT * FROM supplier ORDER BY id").query(this::read).list();
    }

    void setBalance(SupplierId id, long balance) {
        jdbc.sql("UPDATE supplier SET balance = ?, balance_at = now(), last_error = NULL WHERE id = ?")
                .params(balance, id.value())
                .update();
    }

    void setError(SupplierId id, String error) {
        jdbc.sql("UPDATE supplier SET last_error = ?, last_error_at = now() WHERE id = ?")
                .params(error, id.value())
                .update();
    }

    /** How a supplier stands, for people. */
    Optional<SupplierState> state(SupplierId id) {
        return jdbc.sql(
                        "SELECT balance, balance_at, catalogue_at, last_error, last_error_at FROM supplier WHERE id = ?")
                .param(id.value())
                .query((row, number) -> new SupplierState(
                        row.getObject("balance", Long.class),
                        instant(row, "balance_at"),
                        instant(row, "catalogue_at"),
                        row.getString("last_error"),
                        instant(row, "last_error_at")))
                .optional();
    }

    /** Marks that a price list is being fetched now; false if one was fetched within that many seconds. */
    boolean beginCatalogue(SupplierId id, long secondsMin) {
        return jdbc.sql("""
                                UPDATE supplier SET catalogue_at = now()
                                 WHERE id = ? AND (catalogue_at IS NULL
                                                   OR catalogue_at < now() - make_interval(secs => ?))""").params(id.value(), (double) secondsMin).update() == 1;
    }

    /** Writes what the supplier's list says of one product; what staff switched off stays off. */
    void saveMapping(SupplierId supplier, ProductId product, Offer offer) {
        CutOff cutOff = CutOff.of(offer.cutOffFrom(), offer.cutOffUntil());
        jdbc.sql("""
                        INSERT INTO supplier_product (supplier_id, product_id, tenant_id, code, cost, available, stock,
                                                      repeatable, cut_off_from, cut_off_until)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (supplier_id, product_id, tenant_id) DO UPDATE
                           SET code = excluded.code, cost = excluded.cost, available = excluded.available,
                               stock = excluded.stock, repeatable = excluded.repeatable,
                               cut_off_from = excluded.cut_off_from, cut_off_until = excluded.cut_off_until,
                               updated_at = now()""")
                .params(SqlValues.of(
                        supplier.value(),
                        product.value(),
                        CurrentTenant.id().value(),
                        offer.code(),
                        offer.price(),
                        offer.available(),
                        offer.stock(),
                        offer.repeatable(),
                        cutOff == null ? null : cutOff.from(),
                        cutOff == null ? null : cutOff.until()))
                .update();
    }

    /** What is not on the list any more is not to be had. */
    int closeMissing(SupplierId supplier, List<String> listedCodes) {
        return jdbc.sql("""
                        UPDATE supplier_product SET available = false, updated_at = now()
                         WHERE supplier_id = ? AND available AND NOT code = ANY (?)""")
                .params(supplier.value(), listedCodes.toArray(String[]::new))
                .update();
    }

    List<Mapping> mappings(ProductId product) {
        return jdbc.sql("""
                        SELECT m.*, s.active AS supplier_active
                          FROM supplier_product m JOIN supplier s ON s.id = m.supplier_id
                         WHERE m.product_id = ?
                         ORDER BY m.priority, m.cost, m.supplier_id""")
                .param(product.value())
                .query(SupplierStore::readMapping)
                .list();
    }

    private Supplier read(ResultSet row, int number) throws SQLException {
        SupplierId id = new SupplierId(row.getObject("id", UUID.class));
        Map<String, String> credentials =
                json.readValue(secrets.open(row.getBytes("credentials_sealed"), place(id)), CREDENTIALS);
        return new Supplier(
                id,
                new TenantId(row.getObject("tenant_id", UUID.class)),
                row.getString("name"),
                row.getString("adapter"),
                URI.create(row.getString("base_url")),
                Map.copyOf(credentials),
                row.getString("connection_key"),
                row.getBoolean("active"));
    }

    private static Mapping readMapping(ResultSet row, int number) throws SQLException {
        return new Mapping(
                new SupplierId(row.getObject("supplier_id", UUID.class)),
                row.getString("code"),
                row.getLong("cost"),
                row.getInt("priority"),
                row.getBoolean("active") && row.getBoolean("available") && row.getBoolean("supplier_active"),
                row.getObject("stock", Long.class),
                row.getBoolean("repeatable"),
                CutOff.of(
                        row.getObject("cut_off_from", LocalTime.class),
                        row.getObject("cut_off_until", LocalTime.class)));
    }

    private byte[] sealed(SupplierId id, Map<String, String> credentials) {
        return secrets.seal(json.writeValueAsString(credentials), place(id));
    }

    private static java.time.@Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static String place(SupplierId id) {
        return "supplier/" + id;
    }
}
