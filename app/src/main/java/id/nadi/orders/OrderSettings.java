package id.nadi.orders;

import id.nadi.tenancy.Setting;

/** What a tenant may choose about its orders. */
public final class OrderSettings {
    private OrderSettings() {}

    /** Whether the same product and destination on one day needs a higher sequence. */
    public static final Setting<Boolean> DUPLICATE_GUARD = Setting.flag("orders.duplicate-guard", true);

    /** Orders that one destination may have on one day; 0 for no limit. Counts only where the duplicate guard is on. */
    public static final Setting<Integer> DESTINATION_DAILY_MAX = Setting.number("orders.destination-daily-max", 0);

    /** The highest sequence that is taken. */
    public static final Setting<Integer> SEQUENCE_MAX = Setting.number("orders.sequence-max", 99);
}
