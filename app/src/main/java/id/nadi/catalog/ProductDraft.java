package id.nadi.catalog;

import id.nadi.catalog.Product.CutOff;
import id.nadi.kernel.Money;
import org.jspecify.annotations.Nullable;

/** A product as it is entered or imported; the code names it. */
public record ProductDraft(
        String code,
        String name,
        String category,
        String brand,
        String fulfilment,
        DestinationKind destination,
        Money baseCost,
        int quantityMax,
        boolean active,
        @Nullable CutOff cutOff,
        String description) {}
