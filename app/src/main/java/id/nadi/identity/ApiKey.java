package id.nadi.identity;

import id.nadi.kernel.MemberId;
import id.nadi.kernel.TenantId;
import java.util.Set;
import java.util.UUID;

/**
 * A partner's key for signing requests, with the secret open for as long as it is in memory.
 *
 * @param addresses from where it may be used; none means from anywhere
 */
public record ApiKey(
        UUID id,
        TenantId tenant,
        MemberId member,
        Member.State memberState,
        String key,
        String secret,
        Set<String> addresses,
        int ordersPerMinute,
        int readsPerMinute) {

    @Override
    public String toString() {
        return "ApiKey[" + key + "]";
    }
}
