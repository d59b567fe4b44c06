package id.nadi.identity;

import id.nadi.audit.Actor;
import id.nadi.audit.AuditTrail;
import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.MemberId;
import id.nadi.kernel.Refusal;
import id.nadi.kernel.SecretBox;
import id.nadi.kernel.SqlValues;
import id.nadi.tenancy.CacheVersions;
import id.nadi.tenancy.CurrentTenant;
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
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Members of the bound tenant: making them, finding them, their state and their PIN. */
@Service
public class Members {
    private static final Pattern SIX_DIGITS = Pattern.compile("[0-9]{6}");
    private static final Set<String> EASY_RUNS =
            Set.of("012345", "123456", "234567", "345678", "456789", "987654", "876543", "765432", "654321", "543210");
    private static final int PIN_FAILURES_MAX = 3;
    private static final Duration PIN_LOCK = Duration.ofMinutes(15);

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Passwords passwords;
    private final SecretBox secrets;
    private final AuditTrail audit;
    private final CacheVersions versions;
    private final Clock clock;

    Members(
            JdbcClient jdbc,
            Transactions transactions,
            Passwords passwords,
            SecretBox secrets,
            AuditTrail audit,
            CacheVersions versions,
            Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.passwords = passwords;
        this.secrets = secrets;
        this.audit = audit;
        this.versions = versions;
        this.clock = clock;
    }

    /** Makes a member; code and e-mail must be free within the tenant. */
    public Member create(String code, String name, String email, String password, Actor actor) {
        Member member = new Member(MemberId.next(), code, name, email.toLowerCase(Locale.ROOT), Member.State.ACTIVE);
        String hash = passwords.hash(password);
        transactions.run(() -> {
            jdbc.sql("""
                            INSERT INTO member (id, tenant_id, code, name, email, password_hash)
                            VALUES (?, ?, ?, ?, ?, ?)""")
                    .params(
                            member.id().value(),
                            CurrentTenant.id().value(),
                            member.code(),
                            member.name(),
                            member.email(),
                            hash)
                    .update();
            audit.record(actor, "member.created", "member/" + member.id(), null, Map.of("code", code, "name", name));
        });
        return member;
    }

    public Optional<Member> find(MemberId id) {
        return transactions.in(() -> jdbc.sql("SELECT id, code, name, email, state FROM member WHERE id = ?")
                .param(id.value())
                .query(Members::read)
                .optional());
    }

    public Optional<Member> findByCode(String code) {
        return transactions.in(() -> jdbc.sql("SELECT id, code, name, email, state FROM member WHERE code = ?")
                .param(code)
                .query(Members::read)
                .optional());
    }

    /** Suspends or lets in again; takes effect on every door within a second. */
    public void setState(MemberId id, Member.State state, Actor actor) {
        transactions.run(() -> {
            Member before =
                    find(id).orElseThrow(() -> Refusal.of(ErrorCode.NOT_FOUND).asException());
            jdbc.sql("UPDATE member SET state = ? WHERE id = ?")
                    .params(state.ordinal(), id.value())
                    .update();
            versions.raise(ApiKeys.TOPIC);
            audit.record(
                    actor,
                    "member.state",
                    "member/" + id,
                    Map.of("state", before.state().name()),
                    Map.of("state", state.name()));
        });
    }

    /** Sets the PIN; refuses what anybody would guess first. */
    public void setPin(MemberId id, String pin, Actor actor) {
        if (!SIX_DIGITS.matcher(pin).matches()
                || EASY_RUNS.contains(pin)
                || pin.chars().distinct().count() == 1) {
            throw Refusal.of(ErrorCode.PIN_INVALID).asException();
        }
        transactions.run(() -> {
            jdbc.sql("UPDATE member SET pin_digest = ?, pin_failures = 0, pin_locked_until = NULL WHERE id = ?")
                    .params(secrets.digest(pin, pinPlace(id)), id.value())
                    .update();
            audit.record(actor, "member.pin", "member/" + id, null, null);
        });
    }

    /** Checks a PIN; three wrong ones in a row lock it for a quarter of an hour. Empty if it is right. */
    public Optional<Refusal> checkPin(MemberId id, String pin) {
        return transactions.in(() -> {
            // The row is locked, so that guesses sent side by side are counted one by one.
            PinState state = jdbc.sql(
                            "SELECT pin_digest, pin_failures, pin_locked_until FROM member WHERE id = ? FOR UPDATE")
                    .param(id.value())
                    .query(PinState::read)
                    .single();
            Instant now = clock.instant();
            if (state.digest.length == 0) {
                return Optional.of(Refusal.of(ErrorCode.PIN_NOT_SET));
            }
            if (state.lockedUntil.isAfter(now)) {
                return Optional.of(pinLocked(now, state.lockedUntil));
            }
            if (secrets.matches(state.digest, pin, pinPlace(id))) {
                if (state.failures > 0) {
                    jdbc.sql("UPDATE member SET pin_failures = 0, pin_locked_until = NULL WHERE id = ?")
                            .param(id.value())
                            .update();
                }
                return Optional.empty();
            }
            int failures = state.failures + 1;
            boolean lock = failures >= PIN_FAILURES_MAX;
            jdbc.sql("UPDATE member SET pin_failures = ?, pin_locked_until = ? WHERE id = ?")
                    .params(SqlValues.of(
                            lock ? 0 : failures, lock ? now.plus(PIN_LOCK).atOffset(ZoneOffset.UTC) : null, id.value()))
                    .update();
            return Optional.of(lock ? pinLocked(now, now.plus(PIN_LOCK)) : Refusal.of(ErrorCode.PIN_WRONG));
        });
    }

    private record PinState(byte[] digest, int failures, Instant lockedUntil) {
        static PinState read(ResultSet row, int number) throws SQLException {
            byte[] digest = row.getBytes(1);
            OffsetDateTime locked = row.getObject(3, OffsetDateTime.class);
            return new PinState(
                    digest == null ? new byte[0] : digest,
                    row.getInt(2),
                    locked == null ? Instant.EPOCH : locked.toInstant());
        }
    }

    private static Refusal pinLocked(Instant now, Instant until) {
        return Refusal.of(ErrorCode.PIN_LOCKED, Duration.between(now, until).toSeconds() + 1);
    }

    private static String pinPlace(MemberId id) {
        return "pin/" + id;
    }

    static Member read(ResultSet row, int number) throws SQLException {
        return new Member(
                new MemberId(row.getObject("id", UUID.class)),
                row.getString("code"),
                row.getString("name"),
                row.getString("email"),
                Member.State.values()[row.getInt("state")]);
    }
}
