@NullMarked
package id.nadi.ledger;

import org.jspecify.annotations.NullMarked;
