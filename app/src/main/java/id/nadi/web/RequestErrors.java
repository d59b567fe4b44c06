package id.nadi.web;

import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Phrase;
import id.nadi.kernel.Refusal;
import id.nadi.kernel.RefusedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Turns whatever leaves a controller by exception into the one answer for it. */
@RestControllerAdvice
class RequestErrors {
    private static final Logger LOG = LoggerFactory.getLogger(RequestErrors.class);

    private final Answers answers;

    RequestErrors(Answers answers) {
        this.answers = answers;
    }

    @ExceptionHandler({ClientAbortException.class, AsyncRequestNotUsableException.class})
    void callerHasGone() {
        // Nobody is left to be answered.
    }

    /** These are answered by the filters that know about people. */
    @ExceptionHandler({AuthenticationException.class, AccessDeniedException.class})
    void notAllowed(RuntimeException refused) {
        throw refused;
    }

    @ExceptionHandler
    void answer(Exception thrown, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (thrown instanceof ErrorResponse known) {
            // Allow and Accept tell the caller what would have been right.
            known.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        }
        Refusal refusal = refusal(thrown);
        if (refusal.code() == ErrorCode.INTERNAL) {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), thrown);
        }
        answers.refuse(request, response, refusal);
    }

    private static Refusal refusal(Exception thrown) {
        return switch (thrown) {
            case RefusedException refused -> refused.refusal();
            case HttpMessageNotReadableException unreadable -> Refusal.of(ErrorCode.BODY_MALFORMED);
            case MissingServletRequestParameterException missing ->
                Refusal.of(
                        ErrorCode.PARAMETER_INVALID,
                        missing.getParameterName(),
                        new Phrase("wajib diisi", "it is required"));
            case MethodArgumentTypeMismatchException mismatch ->
                Refusal.of(
                        ErrorCode.PARAMETER_INVALID,
                        mismatch.getName(),
                        new Phrase("bentuknya salah", "it has another form"));
            case InvalidParameterException broken -> Refusal.of(ErrorCode.REQUEST_MALFORMED);
            case RequestRejectedException rejected -> Refusal.of(ErrorCode.REQUEST_MALFORMED);
            case ErrorResponse known -> Answers.ofStatus(known.getStatusCode().value());
            default -> Refusal.of(ErrorCode.INTERNAL);
        };
    }
}
