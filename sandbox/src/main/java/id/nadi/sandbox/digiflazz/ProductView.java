package id.nadi.sandbox.digiflazz;

import org.jspecify.annotations.Nullable;

/** A product as it stands now. Prices and stock are of prepaid products, admin and commission of bills. */
public record ProductView(
        String sku,
        String name,
        String category,
        String brand,
        @Nullable Long price,
        @Nullable Boolean unlimitedStock,
        @Nullable Long stock,
        @Nullable Boolean multi,
        @Nullable String startCutOff,
        @Nullable String endCutOff,
        @Nullable Long admin,
        @Nullable Long commission,
        boolean active,
        @Nullable Boolean sellerActive,
        @Nullable Boolean sellerMaintenance) {

    static ProductView of(PrepaidProduct product) {
        return new ProductView(
                product.sku(),
                product.name(),
                product.category(),
                product.brand(),
                product.price(),
                product.unlimitedStock(),
                product.stock(),
                product.multi(),
                product.startCutOff(),
                product.endCutOff(),
                null,
                null,
                product.buyerActive(),
                product.sellerActive(),
                product.sellerMaintenance());
    }

    static ProductView of(PostpaidProduct product) {
        return new ProductView(
                product.sku(),
                product.name(),
                "Pascabayar",
                product.brand(),
                null,
                null,
                null,
                null,
                null,
                null,
                product.admin(),
                product.commission(),
                product.active(),
                null,
                null);
    }
}
