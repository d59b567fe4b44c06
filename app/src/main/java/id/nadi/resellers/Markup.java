package id.nadi.resellers;

/**
 * What is added to a base cost.
 *
 * @param fixed in the smallest unit of the product's currency
 * @param basisPoints hundredths of a percent of the base cost; the share is rounded up to the unit
 */
public record Markup(long fixed, int basisPoints) {
    private static final long WHOLE = 10_000;

    public static final Markup NONE = new Markup(0, 0);

    public static Markup fixed(long amount) {
        return new Markup(amount, 0);
    }

    public long on(long baseCost) {
        long share = Math.ceilDiv(Math.multiplyExact(baseCost, (long) basisPoints), WHOLE);
        return Math.addExact(fixed, share);
    }
}
