package id.nadi.identity;

/** What a person of the staff may do: finance sees money and no prices, support sees orders and members and no money. */
public enum Role {
    OWNER,
    ADMIN,
    FINANCE,
    SUPPORT
}
