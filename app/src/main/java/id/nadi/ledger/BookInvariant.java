package id.nadi.ledger;

/**
 * Something that is always true of the books. Modules that post by themselves contribute their own.
 *
 * @param name what people read
 * @param violationsSql a statement that counts what breaks it, over all tenants, as the platform's role
 */
public record BookInvariant(String name, String violationsSql) {}
