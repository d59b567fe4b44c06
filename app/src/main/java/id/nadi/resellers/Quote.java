package id.nadi.resellers;

import id.nadi.kernel.Money;

/** What one member pays for one piece of one product now, and the version of the product it was made from. */
public record Quote(Money price, long version) {}
