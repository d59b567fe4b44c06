package id.nadi.identity;

import id.nadi.kernel.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A live session.
 *
 * @param role what a person of the staff may do; none for members
 */
public record SignedIn(
        TenantId tenant,
        Area area,
        UUID person,
        String name,
        @Nullable Role role,
        String csrfToken,
        Instant expiresAt) {}
