package id.nadi.web;

import id.nadi.kernel.Envelope;
import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes what is refused, the same way from filters, controllers and the server's own error road. */
@Component
public class Answers {
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain;charset=UTF-8";
    private static final Pattern JSON_DOORS =
            Pattern.compile("(/t/[^/]+)?/(api|auth|callbacks|actuator)(/.*)?", Pattern.CASE_INSENSITIVE);

    private final JsonMapper json;
    private final Languages languages;

    Answers(JsonMapper json, Languages languages) {
        this.json = json;
        this.languages = languages;
    }

    /** Answers with the refusal: in the envelope, or in one plain line to a browser that looks for a page. */
    public void refuse(HttpServletRequest request, HttpServletResponse response, Refusal refusal) throws IOException {
        refuse(request, request.getRequestURI(), response, refusal);
    }

    void refuse(HttpServletRequest request, String path, HttpServletResponse response, Refusal refusal)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        Locale locale = languages.of(request);
        boolean wantsPage = !JSON_DOORS.matcher(path).matches() && acceptsPages(request);
        byte[] body = wantsPage
                ? (refusal.code().httpStatus() + " " + refusal.message(locale) + "\n").getBytes(StandardCharsets.UTF_8)
                : envelope(refusal, locale);
        response.resetBuffer();
        response.setStatus(refusal.code().httpStatus());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        retryAfter(refusal).ifPresent(seconds -> response.setHeader(HttpHeaders.RETRY_AFTER, seconds));
        response.setContentType(wantsPage ? TEXT : JSON);
        response.setContentLength(body.length);
        if (!"HEAD".equals(request.getMethod())) {
            response.getOutputStream().write(body);
        }
        response.flushBuffer();
    }

    byte[] envelope(Refusal refusal, Locale locale) {
        return json.writeValueAsBytes(Envelope.failure(refusal, locale));
    }

    /** What an HTTP status means that somebody else decided on: the framework or the server. */
    static Refusal ofStatus(int status) {
        return switch (status) {
            case 401 -> Refusal.of(ErrorCode.SIGN_IN_REQUIRED);
            case 403 -> Refusal.of(ErrorCode.FORBIDDEN);
            case 404 -> Refusal.of(ErrorCode.NOT_FOUND);
            case 405 -> Refusal.of(ErrorCode.METHOD_NOT_ALLOWED);
            case 406 -> Refusal.of(ErrorCode.NOT_ACCEPTABLE);
            case 415 -> Refusal.of(ErrorCode.CONTENT_TYPE_UNSUPPORTED);
            // A method or an encoding of the transfer that the server does not know, an HTTP of another age.
            case 501, 505 -> Refusal.of(ErrorCode.REQUEST_MALFORMED);
            default -> Refusal.of(status >= 500 ? ErrorCode.INTERNAL : ErrorCode.REQUEST_MALFORMED);
        };
    }

    private static boolean acceptsPages(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("text/html");
    }

    private static Optional<String> retryAfter(Refusal refusal) {
        return switch (refusal.code()) {
            case QUEUE_FULL -> Optional.of("1");
            case RATE_LIMITED, SIGNATURE_LOCKED, SIGN_IN_LOCKED ->
                refusal.arguments().stream().findFirst().map(Object::toString);
            default -> Optional.empty();
        };
    }
}
