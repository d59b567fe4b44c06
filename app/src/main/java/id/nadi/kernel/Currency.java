package id.nadi.kernel;

/** A currency that money is kept in, with the smallest unit that is really used: IDR has no cents in this trade. */
public enum Currency {
    IDR(0),
    USD(2);

    private final int decimals;

    Currency(int decimals) {
        this.decimals = decimals;
    }

    /** Digits behind the decimal mark: an amount of 1 is 10<sup>-decimals</sup> of the unit. */
    public int decimals() {
        return decimals;
    }
}
