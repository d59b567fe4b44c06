package id.nadi.identity;

import id.nadi.audit.Actor;
import id.nadi.audit.AuditTrail;
import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Hashes;
import id.nadi.kernel.Refusal;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.tenancy.PlatformDatabase;
import id.nadi.tenancy.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Signing in and out of the bound tenant. A session lives in the database under the hash of its token. */
@Service
public class Sessions {
    private static final Duration USUAL = Duration.ofHours(24);
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final PlatformDatabase platform;
    private final Passwords passwords;
    private final AuditTrail audit;
    private final Clock clock;

    Sessions(
            JdbcClient jdbc,
            Transactions transactions,
            PlatformDatabase platform,
            Passwords passwords,
            AuditTrail audit,
            Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.platform = platform;
        this.passwords = passwords;
        this.audit = audit;
        this.clock = clock;
    }

    /** Where a request came from. */
    public record Origin(String address, String userAgent) {}

    /** A fresh session and the token that its cookie carries; the token is kept nowhere else. */
    public record Opened(String token, SignedIn session) {}

    private record Person(
            UUID id, String name, String hash, @Nullable Role role, boolean active) {}

    /** Opens a session; refuses with one and the same answer whatever was wrong. */
    public Opened open(Area area, String email, String password, boolean remember, Origin origin) {
        Optional<Person> found =
                transactions.in(() -> person(area, email.strip().toLowerCase(Locale.ROOT)));
        // Outside a transaction: hashing takes a quarter of a second and would hold a connection.
        boolean right = password.getBytes(java.nio.charset.StandardCharsets.UTF_8).length <= Passwords.BYTES_MAX
                & passwords.matches(password, found.map(Person::hash).orElse(null));
        if (!right || !found.orElseThrow().active) {
            throw Refusal.of(ErrorCode.SIGN_IN_REFUSED).asException();
        }
        Person person = found.orElseThrow();
        String upgraded = passwords.outdated(person.hash) ? passwords.hash(password) : null;
        String token = Hashes.token(32);
        SignedIn session = new SignedIn(
                CurrentTenant.id(),
                area,
                person.id,
                person.name,
                person.role,
                Hashes.token(24),
                clock.instant().plus(remember ? REMEMBERED : USUAL));
        transactions.run(() -> {
            jdbc.sql("""
                            INSERT INTO session (token_hash, tenant_id, area, person_id, csrf_token, address, user_agent,
                                                 expires_at)
                            VALUES (?, ?, ?, ?, ?, ?, ?, ?)""")
                    .params(
                            Hashes.sha256(token),
                            session.tenant().value(),
                            area.name(),
                            person.id,
                            session.csrfToken(),
                            origin.address(),
                            truncated(origin.userAgent()),
                            session.expiresAt().atOffset(ZoneOffset.UTC))
                    .update();
            if (upgraded != null) {
                // Only over the hash that was checked: the password may have been changed meanwhile.
                jdbc.sql("UPDATE " + table(area) + " SET password_hash = ? WHERE id = ? AND password_hash = ?")
                        .params(upgraded, person.id, person.hash)
                        .update();
            }
            audit.record(actor(session, origin), "session.opened", subject(session), null, Map.of("area", area.name()));
        });
        return new Opened(token, session);
    }

    /** The live session of that token in the bound tenant and area. */
    public Optional<SignedIn> find(Area area, String token) {
        return transactions.in(() -> jdbc.sql("""
                        SELECT s.tenant_id, s.person_id, s.csrf_token, s.expires_at, p.name, %s AS role
                          FROM session s JOIN %s p ON p.id = s.person_id
                         WHERE s.token_hash = ? AND s.area = ? AND s.expires_at > ? AND p.state = 0""".formatted(area == Area.STAFF ? "p.role" : "NULL::text", table(area)))
                .params(Hashes.sha256(token), area.name(), clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, number) -> read(area, row))
                .optional());
    }

    /** Ends one session. */
    public void close(SignedIn session, String token, Origin origin) {
        transactions.run(() -> {
            jdbc.sql("DELETE FROM session WHERE token_hash = ?")
                    .param(Hashes.sha256(token))
                    .update();
            audit.record(actor(session, origin), "session.closed", subject(session), null, null);
        });
    }

    /** Ends every session of the person, on all devices; answers how many there were. */
    public int closeAll(SignedIn session, Origin origin) {
        return transactions.in(() -> {
            int closed = jdbc.sql("DELETE FROM session WHERE person_id = ? AND area = ?")
                    .params(session.person(), session.area().name())
                    .update();
            audit.record(
                    actor(session, origin), "session.closed-all", subject(session), null, Map.of("sessions", closed));
            return closed;
        });
    }

    /** Removes what has expired, for all tenants; answers how many. */
    public int removeExpired() {
        return platform.jdbc()
                .sql("DELETE FROM session WHERE expires_at < now()")
                .update();
    }

    private Optional<Person> person(Area area, String email) {
        return jdbc.sql("SELECT id, name, password_hash, %s AS role, state FROM %s WHERE email = ?"
                        .formatted(area == Area.STAFF ? "role" : "NULL::text", table(area)))
                .param(email)
                .query((row, number) -> new Person(
                        row.getObject("id", UUID.class),
                        row.getString("name"),
                        row.getString("password_hash"),
                        role(row.getString("role")),
                        row.getInt("state") == 0))
                .optional();
    }

    private static SignedIn read(Area area, ResultSet row) throws SQLException {
        Instant expires = row.getObject("expires_at", OffsetDateTime.class).toInstant();
        return new SignedIn(
                CurrentTenant.id(),
                area,
                row.getObject("person_id", UUID.class),
                row.getString("name"),
                role(row.getString("role")),
                row.getString("csrf_token"),
                expires);
    }

    private static @Nullable Role role(@Nullable String name) {
        return name == null ? null : Role.valueOf(name);
    }

    private static String table(Area area) {
        return switch (area) {
            case STAFF -> "staff";
            case MEMBER -> "member";
        };
    }

    private static Actor actor(SignedIn session, Origin origin) {
        Actor.Kind kind = session.area() == Area.STAFF ? Actor.Kind.STAFF : Actor.Kind.MEMBER;
        return new Actor(kind, session.person(), origin.address());
    }

    private static String subject(SignedIn session) {
        return session.area().name().toLowerCase(Locale.ROOT) + "/" + session.person();
    }

    private static String truncated(String userAgent) {
        return userAgent.length() <= 200 ? userAgent : userAgent.substring(0, 200);
    }
}
