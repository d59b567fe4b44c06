package id.nadi.h2h;

import id.nadi.identity.ApiKey;
import id.nadi.identity.Member;
import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.MemberId;
import id.nadi.kernel.Refusal;
import id.nadi.kernel.TenantId;
import java.util.Optional;

/** Who signed the request. Controllers get one only from the filter that checked the signature. */
record Partner(TenantId tenant, MemberId member, Member.State state) {
    /** Under this name it travels with the request. */
    static final String ATTRIBUTE = Partner.class.getName();

    static Partner of(ApiKey key) {
        return new Partner(key.tenant(), key.member(), key.memberState());
    }

    /** Why this partner may do nothing but look up orders; empty if all is well. */
    Optional<Refusal> suspension() {
        return state == Member.State.ACTIVE ? Optional.empty() : Optional.of(Refusal.of(ErrorCode.MEMBER_SUSPENDED));
    }
}
