package id.nadi.ledger;

import id.nadi.kernel.Currency;
import id.nadi.kernel.MemberId;
import id.nadi.kernel.Money;

/**
 * A member's wallet as it stands.
 *
 * @param posted all of the money in it
 * @param held what of it is set aside
 * @param owed what the member owes; later credits pay it first, and it stops new orders beyond the credit limit
 * @param minimum what must stay in it
 * @param creditLimit how much may be owed
 * @param version postings on it so far
 */
public record Wallet(
        WalletId id,
        MemberId member,
        AccountId receivable,
        Currency currency,
        long posted,
        long held,
        long owed,
        long minimum,
        long creditLimit,
        long version) {

    /** What can be spent now without credit. */
    public Money available() {
        return new Money(Math.max(0, posted - held - minimum), currency);
    }

    public Money balance() {
        return new Money(posted, currency);
    }

    public Money heldMoney() {
        return new Money(held, currency);
    }

    public Money owedMoney() {
        return new Money(owed, currency);
    }

    /** The same wallet after a posting of that amount, in or (negative) out. */
    Wallet moved(long amount) {
        return new Wallet(
                id,
                member,
                receivable,
                currency,
                Math.addExact(posted, amount),
                held,
                owed,
                minimum,
                creditLimit,
                version + 1);
    }

    /** The same wallet with more, or (negative) less, owed by its owner. */
    Wallet owing(long more) {
        return new Wallet(
                id,
                member,
                receivable,
                currency,
                posted,
                held,
                Math.addExact(owed, more),
                minimum,
                creditLimit,
                version);
    }

    /** The same wallet with more, or (negative) less, set aside. */
    Wallet holding(long more) {
        return new Wallet(
                id,
                member,
                receivable,
                currency,
                posted,
                Math.addExact(held, more),
                owed,
                minimum,
                creditLimit,
                version);
    }
}
