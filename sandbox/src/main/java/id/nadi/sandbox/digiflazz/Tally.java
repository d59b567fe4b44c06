package id.nadi.sandbox.digiflazz;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts over everything that ever happened. Guarded by the book. */
final class Tally {
    private final Map<ResponseCode, Long> byCode = new EnumMap<>(ResponseCode.class);
    private long calls;
    private long notCarriedOut;
    private long references;
    private long delivered;
    private long deliveredTwice;
    private long callbacksAccepted;
    private long callbacksGivenUp;

    void answered(@Nullable ResponseCode rc) {
        calls++;
        if (rc == null) {
            notCarriedOut++;
        } else {
            byCode.merge(rc, 1L, Long::sum);
        }
    }

    void created() {
        references++;
    }

    /** A reference was delivered, for the so-manieth time. */
    void delivered(int times) {
        delivered += times == 1 ? 1 : 0;
        deliveredTwice += times == 2 ? 1 : 0;
    }

    void callbackEnded(boolean accepted) {
        callbacksAccepted += accepted ? 1 : 0;
        callbacksGivenUp += accepted ? 0 : 1;
    }

    Summary summary(long destinationsFilledMoreThanOnce, long pending, long callbacksWaiting) {
        return new Summary(
                references,
                pending,
                delivered,
                deliveredTwice,
                destinationsFilledMoreThanOnce,
                calls,
                notCarriedOut,
                byRc(),
                callbacksAccepted,
                callbacksGivenUp,
                callbacksWaiting);
    }

    private Map<String, Long> byRc() {
        Map<String, Long> counts = new TreeMap<>();
        byCode.forEach((code, count) -> counts.put(code.code(), count));
        return counts;
    }
}
