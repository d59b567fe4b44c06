package id.nadi.sandbox.web;

import id.nadi.sandbox.common.CallRecorder;
import id.nadi.sandbox.common.Json;
import id.nadi.sandbox.common.SandboxException;
import id.nadi.sandbox.common.Secrets;
import id.nadi.sandbox.standin.StandIn;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one server all stand-ins share. */
public final class WebServer implements AutoCloseable {
    static final String TOKEN_HEADER = "X-Sandbox-Token";

    private static final Logger log = LoggerFactory.getLogger(WebServer.class);
    private static final int CALLS_SHOWN = 100;
    private static final int CALLS_SHOWN_MAX = 5_000;
    /** A call that is made to hang has to hang longer than any client waits. */
    private static final long IDLE_TIMEOUT_MS = 3_600_000;

    private final List<? extends StandIn> standIns;
    private final CallRecorder calls;
    private final CallRecorder callbacks;
    private final String token;
    private final Javalin javalin;

    private record Health(String status, long pid) {
        static Health up() {
            return new Health("up", ProcessHandle.current().pid());
        }
    }

    private record Calls(List<CallRecorder.Call> items) {}

    public WebServer(List<? extends StandIn> standIns, CallRecorder calls, CallRecorder callbacks, String token) {
        this.standIns = standIns;
        this.calls = calls;
        this.callbacks = callbacks;
        this.token = token;
        this.javalin = Javalin.create(this::configure);
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.router.javaLangErrorHandler((response, error) -> {
            log.error("a call failed", error);
            response.setStatus(500);
        });
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setIdleTimeout(IDLE_TIMEOUT_MS);
        });
        config.jetty.modifyServer(server -> server.setStopTimeout(0));
        addRoutes(config.routes);
    }

    private void addRoutes(JavalinDefaultRoutingApi routes) {
        routes.before("/control/*", this::requireToken);
        routes.get("/health", context -> Control.answer(context, Health.up()));
        routes.get("/control/calls", context -> show(context, calls));
        routes.get("/control/callbacks", context -> show(context, callbacks));
        Page.addRoutes(routes);
        standIns.forEach(standIn -> standIn.addRoutes(routes));
        routes.exception(Refusal.class, (refusal, context) -> fail(context, refusal.status(), refusal.getMessage()));
        routes.exception(HttpResponseException.class, (e, context) -> fail(context, e.getStatus(), e.getMessage()));
        routes.exception(IOException.class, (_, _) -> {
            // Whoever called has gone; nothing of ours does I/O on the way to an answer without wrapping this.
        });
        routes.exception(Exception.class, WebServer::unexpected);
    }

    private void requireToken(Context context) {
        String given = context.header(TOKEN_HEADER);
        if (given == null || !Secrets.same(token, given)) {
            throw Refusal.unauthorised();
        }
    }

    private void show(Context context, CallRecorder recorder) throws IOException {
        int limit = Control.limit(context, CALLS_SHOWN, CALLS_SHOWN_MAX);
        Control.answer(context, new Calls(recorder.last(limit, secrets())));
    }

    /** Keys of all stand-ins, which no record of calls may show. */
    public Collection<String> secrets() {
        List<String> secrets = new ArrayList<>();
        standIns.forEach(standIn -> secrets.addAll(standIn.secrets()));
        return secrets;
    }

    private static void unexpected(Exception e, Context context) {
        log.error("{} {} failed", context.method(), context.path(), e);
        fail(context, 500, "The sandbox failed; its log says why");
    }

    private static void fail(Context context, int status, @Nullable String message) {
        byte[] body = Json.mapper().writeValueAsBytes(Map.of("error", String.valueOf(message)));
        context.status(status).contentType("application/json").result(body);
    }

    /** Starts to listen and returns the port. */
    public int listen(String bind, int port) {
        try {
            javalin.start(bind, port);
            return javalin.port();
        } catch (JavalinException e) {
            throw new SandboxException("Cannot listen on " + bind + ":" + port + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
