package id.nadi.identity.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import id.nadi.identity.Area;
import id.nadi.identity.Role;
import id.nadi.identity.Sessions;
import id.nadi.identity.Sessions.Opened;
import id.nadi.identity.Sessions.Origin;
import id.nadi.identity.SignedIn;
import id.nadi.kernel.Envelope;
import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Phrase;
import id.nadi.kernel.Refusal;
import id.nadi.kernel.TenantId;
import id.nadi.kernel.Throttle;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.tenancy.Tenants;
import id.nadi.web.Fields;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signing in and out, for staff and for members apart. Nothing here says whether an account exists. */
@RestController
@RequestMapping(path = "/auth/{area:staff|member}", produces = MediaType.APPLICATION_JSON_VALUE)
class SignInController {
    private static final int EMAIL_MAX = 254;
    private static final int PASSWORD_MAX = 200;

    private final Sessions sessions;
    private final Tenants tenants;
    private final SignInLimits limits;
    private final Clock clock;
    private final Throttle tries = new Throttle();

    SignInController(Sessions sessions, Tenants tenants, SignInLimits limits, Clock clock) {
        this.sessions = sessions;
        this.tenants = tenants;
        this.limits = limits;
        this.clock = clock;
    }

    record SignIn(
            @Nullable String email,
            @Nullable String password,
            @Nullable Boolean remember) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SessionView(
            String name,
            @Nullable Role role,
            @JsonProperty("csrf_token") String csrfToken,
            @JsonProperty("expires_at") OffsetDateTime expiresAt) {

        static SessionView of(SignedIn session, ZoneId zone) {
            return new SessionView(
                    session.name(),
                    session.role(),
                    session.csrfToken(),
                    session.expiresAt()
                            .truncatedTo(ChronoUnit.SECONDS)
                            .atZone(zone)
                            .toOffsetDateTime());
        }
    }

    private record TriesFrom(TenantId tenant, String address) {}

    @PostMapping(path = "/session", consumes = MediaType.APPLICATION_JSON_VALUE)
    Envelope<SessionView> open(
            @PathVariable String area,
            @RequestBody SignIn form,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale) {
        TenantId tenant = tenant();
        SameOrigin.require(request);
        String email = Fields.text("email", form.email(), EMAIL_MAX);
        String password = Fields.text("password", form.password(), PASSWORD_MAX);
        boolean remember = Boolean.TRUE.equals(form.remember());
        take(new TriesFrom(tenant, request.getRemoteAddr()));
        Opened opened = sessions.open(areaOf(area), email, password, remember, origin(request));
        SessionCookie.set(request, response, opened, remember, clock.instant());
        return shown(opened.session(), Words.SIGNED_IN, locale);
    }

    @GetMapping("/session")
    Envelope<SessionView> show(@AuthenticationPrincipal @Nullable SignedIn session, Locale locale) {
        return shown(required(session), Words.SIGNED_IN, locale);
    }

    @DeleteMapping("/session")
    Envelope<SignedOut> close(
            @AuthenticationPrincipal @Nullable SignedIn session,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale) {
        SignedIn open = required(session);
        Optional<String> token = SessionCookie.token(request, open.area());
        sessions.close(open, token.orElseThrow(), origin(request));
        SessionCookie.clear(request, response, open.area());
        return Envelope.success(Words.SIGNED_OUT.in(locale), new SignedOut(1));
    }

    @DeleteMapping("/sessions")
    Envelope<SignedOut> closeAll(
            @AuthenticationPrincipal @Nullable SignedIn session,
            HttpServletRequest request,
            HttpServletResponse response,
            Locale locale) {
        SignedIn open = required(session);
        int closed = sessions.closeAll(open, origin(request));
        SessionCookie.clear(request, response, open.area());
        return Envelope.success(Words.SIGNED_OUT.in(locale), new SignedOut(closed));
    }

    /** How many sessions were ended. */
    record SignedOut(int sessions) {}

    private static final class Words {
        static final Phrase SIGNED_IN = new Phrase("Anda sudah masuk.", "You are signed in.");
        static final Phrase SIGNED_OUT = new Phrase("Anda sudah keluar.", "You are signed out.");
    }

    private Envelope<SessionView> shown(SignedIn session, Phrase words, Locale locale) {
        return Envelope.success(
                words.in(locale), SessionView.of(session, tenants.current().zone()));
    }

    private void take(TriesFrom from) {
        Throttle.Allowance allowance = tries.take(from, limits.perMinute());
        if (!allowance.allowed()) {
            throw Refusal.of(ErrorCode.SIGN_IN_LOCKED, allowance.resetSeconds()).asException();
        }
    }

    private static SignedIn required(@Nullable SignedIn session) {
        tenant();
        if (session == null) {
            throw Refusal.of(ErrorCode.SIGN_IN_REQUIRED).asException();
        }
        return session;
    }

    private static TenantId tenant() {
        TenantId tenant = CurrentTenant.idOrNull();
        if (tenant == null) {
            throw Refusal.of(ErrorCode.TENANT_UNKNOWN).asException();
        }
        return tenant;
    }

    private static Area areaOf(String segment) {
        return Area.valueOf(segment.toUpperCase(Locale.ROOT));
    }

    private static Origin origin(HttpServletRequest request) {
        String userAgent = request.getHeader(HttpHeaders.USER_AGENT);
        return new Origin(request.getRemoteAddr(), userAgent == null ? "" : userAgent);
    }
}
