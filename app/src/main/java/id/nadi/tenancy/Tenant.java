package id.nadi.tenancy;

import id.nadi.kernel.Currency;
import id.nadi.kernel.TenantId;
import java.time.ZoneId;

/** One business: its name in addresses, its name for people, the zone its days are counted in. */
public record Tenant(TenantId id, String slug, String name, ZoneId zone, Currency currency) {}
