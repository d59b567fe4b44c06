package id.nadi.sandbox.digiflazz;

import id.nadi.sandbox.common.Table;

/** A biller whose bills can be looked up and paid; admin and commission are whole rupiah per bill. */
record PostpaidProduct(
        String sku,
        String name,
        String brand,
        String seller,
        Kind kind,
        long admin,
        long commission,
        boolean active,
        String description) {

    /** What a bill is for, which decides the shape of its {@code desc}. */
    enum Kind {
        PLN,
        PDAM,
        INTERNET,
        HEALTH_INSURANCE,
        EMPLOYMENT_INSURANCE,
        MULTIFINANCE,
        TELEVISION,
        PROPERTY_TAX,
        REGIONAL_TAX,
        VEHICLE_TAX,
        GAS,
        MOBILE,
        PLN_NON_BILL,
        EMONEY
    }

    static PostpaidProduct of(Table.Row row) {
        return new PostpaidProduct(
                row.text("sku"),
                row.text("name"),
                row.text("brand"),
                row.text("seller"),
                Kind.valueOf(row.text("kind")),
                row.number("admin"),
                row.number("commission"),
                true,
                row.text("desc"));
    }

    PostpaidProduct with(ProductChange change) {
        return new PostpaidProduct(
                sku,
                name,
                brand,
                seller,
                kind,
                change.admin() == null ? admin : change.admin(),
                change.commission() == null ? commission : change.commission(),
                change.active() == null ? active : change.active(),
                description);
    }
}
