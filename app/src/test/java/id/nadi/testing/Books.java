package id.nadi.testing;

import static org.assertj.core.api.Assertions.assertThat;

import id.nadi.ledger.BooksAudit;

/** The audit as tests use it: every invariant, over everything that the run has written so far. */
public final class Books {
    private Books() {}

    public static void areRight(BooksAudit audit) {
        assertThat(audit.run())
                .isNotEmpty()
                .allSatisfy(finding ->
                        assertThat(finding.violations()).as(finding.invariant()).isZero());
    }
}
