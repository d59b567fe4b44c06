package id.nadi.web;

import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Refusal;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Where the server sends what went wrong outside controllers. */
@Controller
@Hidden
class ServerErrors implements ErrorController {
    private static final Logger LOG = LoggerFactory.getLogger(ServerErrors.class);

    private final Answers answers;

    ServerErrors(Answers answers) {
        this.answers = answers;
    }

    @RequestMapping("${server.error.path:/error}")
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        Refusal refusal = Answers.ofStatus(status instanceof Integer number ? number : 404);
        if (refusal.code() == ErrorCode.INTERNAL
                && request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown) {
            LOG.error("{} {} failed", request.getMethod(), path, thrown);
        }
        answers.refuse(request, path instanceof String text ? text : request.getRequestURI(), response, refusal);
    }
}
