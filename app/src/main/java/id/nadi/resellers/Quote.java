package id.nadi.resellers;

import id.nadi.kernel.Money;
import java.time.Instant;

/**
 * What one member pays for one piece of one product now.
 *
 * @param version the version of the product it was made from
 * @param changedAt when product, markup or the member's level changed last
 */
public record Quote(Money price, long version, Instant changedAt) {}
