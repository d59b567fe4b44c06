package id.nadi.sandbox.digiflazz;

import java.util.UUID;

/** A callback that has neither been accepted nor given up yet. */
record PlannedCallback(UUID id, Reference reference, Kind kind, int tries, long due) {

    enum Kind {
        /** Says what became of the transaction. */
        FINAL,
        /** The same, and once it is accepted its opposite follows. */
        FINAL_THEN_OPPOSITE,
        /** Says what did not become of it. */
        OPPOSITE
    }

    PlannedCallback missed(int triesSoFar, long nextDue) {
        return new PlannedCallback(id, reference, kind, triesSoFar, nextDue);
    }
}
