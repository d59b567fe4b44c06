package id.nadi.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import id.nadi.audit.Actor;
import id.nadi.audit.AuditTrail;
import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Hashes;
import id.nadi.kernel.Refusal;
import id.nadi.kernel.RefusedException;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.tenancy.Transactions;
import id.nadi.testing.IntegrationTest;
import id.nadi.testing.Shop;
import id.nadi.testing.Shop.Buyer;
import id.nadi.testing.Sql;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

@IntegrationTest
class IdentityTests {
    private static final Sessions.Origin ORIGIN = new Sessions.Origin("192.0.2.7", "a browser");
    private static final String PIN = "271828";
    private static final String PASSWORD = "a long enough password";

    @Autowired
    Members members;

    @Autowired
    Staff staff;

    @Autowired
    Sessions sessions;

    @Autowired
    ApiKeys apiKeys;

    @Autowired
    AuditTrail trail;

    @Autowired
    Transactions transactions;

    @Autowired
    Shop shop;

    @ParameterizedTest
    @ValueSource(
            strings = {"", "12345", "1234567", "123456", "654321", "000000", "999999", "12a456", "٢٧١٨٢٨", " 27182"})
    void refusesAPinThatIsNoneOrThatAnybodyWouldGuess(String pin) {
        Buyer buyer = buyer();
        refuses(ErrorCode.PIN_INVALID, () -> run(buyer, () -> members.setPin(buyer.id(), pin, Actor.OPERATOR)));
        assertThat(check(buyer, PIN)).contains(ErrorCode.PIN_NOT_SET);
    }

    @Test
    void threeWrongPinsLockItHoweverManyGuessAtOnce() throws Exception {
        Buyer buyer = buyer();
        run(buyer, () -> members.setPin(buyer.id(), PIN, Actor.OPERATOR));
        assertThat(check(buyer, "271829")).contains(ErrorCode.PIN_WRONG);
        assertThat(check(buyer, PIN)).as("a right one starts the count anew").isEmpty();

        List<Callable<Optional<ErrorCode>>> guesses = Collections.nCopies(20, () -> check(buyer, "271829"));
        int wrong = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Optional<ErrorCode>> one : threads.invokeAll(guesses)) {
                ErrorCode code = one.get().orElseThrow();
                assertThat(code).isIn(ErrorCode.PIN_WRONG, ErrorCode.PIN_LOCKED);
                wrong += code == ErrorCode.PIN_WRONG ? 1 : 0;
            }
        }
        assertThat(wrong).as("guesses that were looked at without locking").isEqualTo(2);
        assertThat(check(buyer, PIN)).contains(ErrorCode.PIN_LOCKED);
        Sql.superuser()
                .sql("UPDATE member SET pin_locked_until = now() - interval '1 second' WHERE id = ?")
                .param(buyer.id().value())
                .update();
        assertThat(check(buyer, PIN)).isEmpty();
        run(buyer, () -> members.setPin(buyer.id(), "314159", Actor.OPERATOR));
        assertThat(check(buyer, PIN)).contains(ErrorCode.PIN_WRONG);
        assertThat(check(buyer, "314159")).isEmpty();
    }

    @Test
    void aRevokedKeyIsRefusedAtOnceHereAndWithinThePollElsewhere() {
        Buyer buyer = buyer();
        ApiKey first = shop.key(buyer);
        ApiKey second = shop.key(buyer);
        assertThat(apiKeys.find(first.key())).hasValueSatisfying(found -> {
            assertThat(found.secret()).isEqualTo(first.secret());
            assertThat(found.tenant()).isEqualTo(buyer.tenant().id());
            assertThat(found.member()).isEqualTo(buyer.id());
        });
        assertThat(first.toString()).doesNotContain(first.secret());
        run(buyer, () -> apiKeys.revoke(first.id(), Actor.OPERATOR));
        assertThat(apiKeys.find(first.key())).isEmpty();

        assertThat(apiKeys.find(second.key())).isPresent();
        Sql.superuser()
                .sql("""
                        WITH revoked AS (UPDATE api_key SET revoked_at = now() WHERE id = :id)
                        UPDATE cache_version SET version = version + 1
                         WHERE tenant_id = :tenant AND topic = 'api-keys'""")
                .param("id", second.id())
                .param("tenant", buyer.tenant().id().value())
                .update();
        await().atMost(Duration.ofSeconds(3))
                .until(() -> apiKeys.find(second.key()).isEmpty());
        assertThat(apiKeys.find("nk_nobody")).isEmpty();
    }

    @Test
    void aTenantCannotRevokeAnothersKeyAndSecretsAreSealed() {
        Buyer buyer = buyer();
        Buyer stranger = buyer();
        ApiKey key = CurrentTenant.call(
                buyer.tenant().id(),
                () -> apiKeys.issue(buyer.id(), "test", Set.of("192.0.2.1"), ApiKeys.Rates.USUAL, Actor.OPERATOR));
        run(stranger, () -> apiKeys.revoke(key.id(), Actor.OPERATOR));
        assertThat(apiKeys.find(key.key()))
                .hasValueSatisfying(found -> assertThat(found.addresses()).containsExactly("192.0.2.1"));
        byte[] sealed = Sql.superuser()
                .sql("SELECT secret_sealed FROM api_key WHERE id = ?")
                .param(key.id())
                .query((row, number) -> row.getBytes(1))
                .single();
        assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain(key.secret());
    }

    @Test
    void aSuspensionIsKnownToKeysAndEndsSessions() {
        Buyer buyer = buyer();
        ApiKey key = shop.key(buyer);
        Sessions.Opened opened = signIn(buyer, false);
        run(buyer, () -> members.setState(buyer.id(), Member.State.SUSPENDED, Actor.OPERATOR));
        assertThat(apiKeys.find(key.key()).orElseThrow().memberState()).isEqualTo(Member.State.SUSPENDED);
        assertThat(find(buyer, opened.token())).isEmpty();
        refuses(ErrorCode.SIGN_IN_REFUSED, () -> signIn(buyer, false));
        run(buyer, () -> members.setState(buyer.id(), Member.State.ACTIVE, Actor.OPERATOR));
        assertThat(find(buyer, opened.token())).isPresent();
    }

    @Test
    void aSessionIsGoodForItsTenantItsAreaAndItsTime() {
        Buyer buyer = buyer();
        Buyer stranger = buyer();
        Sessions.Opened usual = signIn(buyer, false);
        Sessions.Opened remembered = signIn(buyer, true);
        assertThat(Duration.between(
                        usual.session().expiresAt(), remembered.session().expiresAt()))
                .isBetween(
                        Duration.ofDays(6).minusMinutes(1), Duration.ofDays(6).plusMinutes(1));
        assertThat(find(buyer, usual.token())).isPresent();
        assertThat(find(stranger, usual.token())).isEmpty();
        assertThat(CurrentTenant.call(buyer.tenant().id(), () -> sessions.find(Area.STAFF, usual.token())))
                .isEmpty();
        assertThat(find(buyer, usual.token() + "x")).isEmpty();

        Sql.superuser()
                .sql("UPDATE session SET expires_at = now() - interval '1 second' WHERE token_hash = ?")
                .param(Hashes.sha256(usual.token()))
                .update();
        assertThat(find(buyer, usual.token())).isEmpty();
        assertThat(sessions.removeExpired()).isPositive();
        assertThat(find(buyer, remembered.token())).isPresent();
        assertThat(CurrentTenant.<Integer, RuntimeException>call(
                        buyer.tenant().id(), () -> sessions.closeAll(remembered.session(), ORIGIN)))
                .isEqualTo(1);
        assertThat(find(buyer, remembered.token())).isEmpty();
    }

    @Test
    void everyWrongSignInIsRefusedTheSame() {
        Buyer buyer = buyer();
        for (String[] wrong : new String[][] {
            {email(buyer), "wrong"}, {"nobody@example.test", PASSWORD}, {"", ""}, {email(buyer), "x".repeat(200)}
        }) {
            refuses(
                    ErrorCode.SIGN_IN_REFUSED,
                    () -> CurrentTenant.call(
                            buyer.tenant().id(), () -> sessions.open(Area.MEMBER, wrong[0], wrong[1], false, ORIGIN)));
        }
    }

    @Test
    void aWeakHashIsUpgradedWhenItsOwnerSignsIn() {
        Buyer buyer = buyer();
        password(buyer, new BCryptPasswordEncoder(5).encode(PASSWORD));
        signIn(buyer, false);
        assertThat(hash(buyer)).startsWith("$2a$12$");
        signIn(buyer, false);
    }

    @Test
    void anEntryExistsExactlyIfItsActWasCommitted() {
        Buyer buyer = buyer();
        assertThatThrownBy(() -> run(
                        buyer,
                        () -> transactions.run(() -> {
                            members.setState(buyer.id(), Member.State.CLOSED, Actor.OPERATOR);
                            throw new IllegalStateException("rolled back");
                        })))
                .hasMessage("rolled back");
        assertThat(actions(buyer)).doesNotContain("member.state");
        run(buyer, () -> members.setState(buyer.id(), Member.State.SUSPENDED, Actor.OPERATOR));
        assertThat(actions(buyer)).containsOnlyOnce("member.state");
        AuditTrail.Entry entry = CurrentTenant.call(buyer.tenant().id(), () -> trail.entries(10, null))
                .items()
                .getFirst();
        assertThat(entry.before()).contains("ACTIVE");
        assertThat(entry.after()).contains("SUSPENDED");
        assertThatThrownBy(() -> run(buyer, () -> trail.record(Actor.OPERATOR, "test", "test/1", null, null)))
                .as("an entry without an act's transaction")
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void noSecretStandsInTheTrail() {
        Buyer buyer = buyer();
        ApiKey key = shop.key(buyer);
        run(buyer, () -> members.setPin(buyer.id(), PIN, Actor.OPERATOR));
        String all = Sql.superuser()
                .sql("SELECT string_agg(coalesce(before::text, '') || coalesce(after::text, ''), ' ') FROM audit_entry"
                        + " WHERE tenant_id = ?")
                .param(buyer.tenant().id().value())
                .query((row, number) -> row.getString(1))
                .single();
        assertThat(all).doesNotContain(key.secret(), PIN, "$2a$");
    }

    @Test
    void staffSignInToTheirOwnAreaWithTheirRole() {
        Buyer buyer = buyer();
        String email = "Owner@Example.test";
        run(buyer, () -> staff.create("Sari", email, PASSWORD, Role.FINANCE, Actor.OPERATOR));
        Sessions.Opened opened = CurrentTenant.call(
                buyer.tenant().id(), () -> sessions.open(Area.STAFF, " owner@example.TEST ", PASSWORD, false, ORIGIN));
        assertThat(opened.session().role()).isEqualTo(Role.FINANCE);
        refuses(
                ErrorCode.SIGN_IN_REFUSED,
                () -> CurrentTenant.call(
                        buyer.tenant().id(), () -> sessions.open(Area.MEMBER, email, PASSWORD, false, ORIGIN)));
    }

    private Buyer buyer() {
        Buyer buyer = shop.buyer(shop.open(), 0);
        password(buyer, WEAK);
        return buyer;
    }

    /** Cheap to check, so that the tests are quick; it is upgraded by the first sign-in. */
    private static final String WEAK = String.valueOf(new BCryptPasswordEncoder(4).encode(PASSWORD));

    private static void password(Buyer buyer, @org.jspecify.annotations.Nullable String hash) {
        Sql.superuser()
                .sql("UPDATE member SET password_hash = ? WHERE id = ?")
                .params(id.nadi.kernel.SqlValues.of(hash, buyer.id().value()))
                .update();
    }

    private static String hash(Buyer buyer) {
        return Sql.superuser()
                .sql("SELECT password_hash FROM member WHERE id = ?")
                .param(buyer.id().value())
                .query((row, number) -> row.getString(1))
                .single();
    }

    private static String email(Buyer buyer) {
        return buyer.member().email();
    }

    private Sessions.Opened signIn(Buyer buyer, boolean remember) {
        return CurrentTenant.call(
                buyer.tenant().id(), () -> sessions.open(Area.MEMBER, email(buyer), PASSWORD, remember, ORIGIN));
    }

    private Optional<SignedIn> find(Buyer buyer, String token) {
        return CurrentTenant.call(buyer.tenant().id(), () -> sessions.find(Area.MEMBER, token));
    }

    private Optional<ErrorCode> check(Buyer buyer, String pin) {
        Supplier<Optional<Refusal>> checking = () -> members.checkPin(buyer.id(), pin);
        return CurrentTenant.call(buyer.tenant().id(), checking::get).map(Refusal::code);
    }

    private List<String> actions(Buyer buyer) {
        return CurrentTenant.call(buyer.tenant().id(), () -> trail.entries(100, null)).items().stream()
                .map(AuditTrail.Entry::action)
                .toList();
    }

    private static void run(Buyer buyer, Runnable work) {
        CurrentTenant.run(buyer.tenant().id(), work);
    }

    private static void refuses(ErrorCode code, ThrowingCallable work) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(code));
    }
}
