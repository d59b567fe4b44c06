/**
 * Owns the books: accounts, postings, wallets, holds, statements, snapshots, and their audit.
 *
 * <p>Promises that every movement is a posting between two accounts, that no wallet goes below zero, and that a wallet's
 * balance changes only together with its postings.
 *
 * <p>Never changes or removes a posting: what was wrong is corrected by another one.
 */
@NullMarked
@ApplicationModule(
        displayName = "Ledger",
        allowedDependencies = {"kernel", "tenancy", "audit"})
package id.nadi.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
