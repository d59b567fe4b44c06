package id.nadi.ledger;

import java.util.List;

/** The invariants that one module contributes to the audit of the books. */
public interface BookInvariants {
    List<BookInvariant> invariants();
}
