package id.nadi.h2h;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a partner's request may be ({@code nadi.h2h.*}); how often it may come stands on the key.
 *
 * @param bodyMaxBytes the largest body that is read
 * @param clockSkew how far X-Timestamp may be from our clock
 * @param wrongSignaturesPerMinute after so many wrong signatures with one key, its calls from that address are locked out
 */
@ConfigurationProperties("nadi.h2h")
record PartnerLimits(
        @DefaultValue("262144") int bodyMaxBytes,
        @DefaultValue("300s") Duration clockSkew,
        @DefaultValue("10") int wrongSignaturesPerMinute) {}
