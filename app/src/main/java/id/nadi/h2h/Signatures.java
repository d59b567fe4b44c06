package id.nadi.h2h;

import id.nadi.identity.ApiKey;
import id.nadi.identity.ApiKeys;
import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Hashes;
import id.nadi.kernel.Refusal;
import id.nadi.kernel.Throttle;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.web.BufferedRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds out whose request this is, and believes nothing that the key's secret did not sign. */
@Component
class Signatures {
    static final String KEY = "X-Api-Key";
    static final String TIMESTAMP = "X-Timestamp";
    static final String SIGNATURE = "X-Signature";

    /** What cannot be a key is refused without asking the database. */
    private static final Pattern KEY_FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    /** A key is locked for one address only: knowing somebody's key must not be enough to switch them off. */
    private record Caller(UUID key, String address) {}

    private final ApiKeys keys;
    private final PartnerLimits limits;
    private final Clock clock;
    private final Throttle wrong = new Throttle();

    Signatures(ApiKeys keys, PartnerLimits limits, Clock clock) {
        this.keys = keys;
        this.limits = limits;
        this.clock = clock;
    }

    /** The key that signed this request; anything else is refused. */
    ApiKey verified(BufferedRequest request) {
        ApiKey key = key(request.getHeader(KEY));
        if (!isAllowed(key, request.getRemoteAddr())) {
            throw Refusal.of(ErrorCode.ADDRESS_NOT_ALLOWED).asException();
        }
        Caller caller = new Caller(key.id(), request.getRemoteAddr());
        requireUnlocked(caller);
        String timestamp = timestamp(request.getHeader(TIMESTAMP));
        String shown = request.getHeader(SIGNATURE);
        if (shown == null || !Hashes.same(signature(key.secret(), timestamp, request), shown)) {
            wrong.take(caller, limits.wrongSignaturesPerMinute());
            throw Refusal.of(ErrorCode.SIGNATURE_INVALID).asException();
        }
        return key;
    }

    private ApiKey key(@Nullable String shown) {
        if (shown == null || shown.isEmpty()) {
            throw Refusal.of(ErrorCode.API_KEY_MISSING).asException();
        }
        Optional<ApiKey> found = KEY_FORM.matcher(shown).matches() ? keys.find(shown) : Optional.empty();
        // A key is worth nothing on another tenant's host or path, and does not say that it exists elsewhere.
        return found.filter(
                        key -> CurrentTenant.idOrNull() == null || key.tenant().equals(CurrentTenant.idOrNull()))
                .orElseThrow(() -> Refusal.of(ErrorCode.API_KEY_UNKNOWN).asException());
    }

    private static boolean isAllowed(ApiKey key, String address) {
        return key.addresses().isEmpty() || key.addresses().stream().anyMatch(allowed -> isSame(allowed, address));
    }

    /** Compared as addresses, because one IPv6 address is written in many ways. */
    private static boolean isSame(String allowed, String address) {
        try {
            return InetAddress.ofLiteral(allowed).equals(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    private void requireUnlocked(Caller caller) {
        Duration wait = wrong.locked(caller, limits.wrongSignaturesPerMinute());
        if (!wait.isZero()) {
            throw Refusal.of(ErrorCode.SIGNATURE_LOCKED, wait.toSeconds() + 1).asException();
        }
    }

    private String timestamp(@Nullable String shown) {
        long skewSeconds = limits.clockSkew().toSeconds();
        if (shown == null
                || !SECONDS.matcher(shown).matches()
                || Math.abs(clock.instant().getEpochSecond() - Long.parseLong(shown)) > skewSeconds) {
            throw Refusal.of(ErrorCode.TIMESTAMP_INVALID, skewSeconds).asException();
        }
        return shown;
    }

    private static String signature(String secret, String timestamp, BufferedRequest request) {
        String head = timestamp + "\n" + request.getMethod() + "\n" + pathAsSent(request) + "\n";
        return Hashes.hex(Hashes.hmac(
                "HmacSHA256",
                secret.getBytes(StandardCharsets.UTF_8),
                head.getBytes(StandardCharsets.UTF_8),
                request.body()));
    }

    /** With the tenant's prefix if there is one, and with the query: what the caller wrote, not what we make of it. */
    private static String pathAsSent(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
    }
}
