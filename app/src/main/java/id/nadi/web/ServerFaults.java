package id.nadi.web;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;

/**
 * Answers what the server refuses before the application sees it (a request line that cannot be read, headers too large).
 * Tomcat would send a page; whoever asked may be a program, so it gets the envelope.
 */
@Component
class ServerFaults implements WebServerFactoryCustomizer<TomcatWebServerFactory>, Ordered {
    private final Answers answers;

    ServerFaults(Answers answers) {
        this.answers = answers;
    }

    @Override
    public void customize(TomcatWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            // The framework adds a valve of its own; the one added last is asked first.
            context.getParent().getPipeline().addValve(new EnvelopeValve(answers));
        });
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    private static final class EnvelopeValve extends ErrorReportValve {
        private final Answers answers;

        EnvelopeValve(Answers answers) {
            this.answers = answers;
        }

        @Override
        protected void report(Request request, Response response, @Nullable Throwable thrown) {
            int status = response.getStatus();
            if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            AtomicBoolean writable = new AtomicBoolean(false);
            response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, writable);
            if (!writable.get()) {
                return;
            }
            byte[] body = answers.envelope(Answers.ofStatus(status), Languages.INDONESIAN);
            try {
                response.setStatus(Answers.ofStatus(status).code().httpStatus());
                response.setHeader("Cache-Control", "no-store");
                response.setContentType("application/json");
                response.setContentLength(body.length);
                response.getOutputStream().write(body);
                response.finishResponse();
            } catch (IOException | IllegalStateException callerHasGone) {
                containerLog(callerHasGone);
            }
        }

        private void containerLog(Exception callerHasGone) {
            getContainer().getLogger().debug("an error could not be answered", callerHasGone);
        }
    }
}
