package id.nadi.sandbox.digiflazz;

import static java.nio.charset.StandardCharsets.UTF_8;

import id.nadi.sandbox.common.CallRecorder;
import id.nadi.sandbox.common.Json;
import id.nadi.sandbox.switches.SwitchBoard;
import id.nadi.sandbox.web.Wire;
import io.javalin.http.Context;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The way out, where answers arrive, are late, are broken or get lost; and where it is noted which. */
final class Outlet {
    private static final String JSON = "application/json";
    private static final String HTML = "text/html; charset=utf-8";
    private static final byte[] NOTHING = {};
    private static final byte[] ERROR_PAGE =
            "<html><head><title>500 Internal Server Error</title></head><body><h1>500</h1></body></html>"
                    .getBytes(UTF_8);
    private static final byte[] GARBAGE_PAGE =
            "<!doctype html><html><body><h1>Sistem sedang dalam pemeliharaan</h1></body></html>".getBytes(UTF_8);

    private final Book book;
    private final SwitchBoard<Switches> board;
    private final CallRecorder recorder;
    private volatile boolean closing;

    /** A call on its way through. */
    record Exchange(Context context, Payload payload, long startedNanos) {}

    Outlet(Book book, SwitchBoard<Switches> board, CallRecorder recorder) {
        this.book = book;
        this.board = board;
        this.recorder = recorder;
    }

    /** Lets the answer to a call out that was carried out. */
    void letOut(Exchange exchange, Reply reply, Mode mode, Switches switches) throws IOException, InterruptedException {
        switch (mode) {
            case NORMAL -> late(exchange, reply, reply.holdMs());
            case TIMEOUT_AFTER_BUY -> late(exchange, reply, switches.timeoutMs());
            case TRUNCATED -> half(exchange, reply);
            case HTTP_500, GARBAGE, DOWN, HANG -> breakDown(exchange, mode, "carried out before: ");
        }
    }

    /** Lets an answer out that no switch touches. */
    void letOut(Exchange exchange, Reply reply) throws IOException {
        byte[] body = Json.mapper().writeValueAsBytes(reply.body());
        note(exchange, reply.httpStatus(), body, null);
        Wire.answer(exchange.context(), reply.httpStatus(), JSON, body);
    }

    /** Turns away a call that was not carried out. */
    void turnAway(Exchange exchange, Mode mode) throws IOException, InterruptedException {
        breakDown(exchange, mode, "");
    }

    private void late(Exchange exchange, Reply reply, long holdMs) throws IOException, InterruptedException {
        byte[] body = Json.mapper().writeValueAsBytes(reply.body());
        note(exchange, reply.httpStatus(), body, holdMs == 0 ? null : "answer held for " + holdMs + " ms");
        hold(holdMs);
        Wire.answer(exchange.context(), reply.httpStatus(), JSON, body);
    }

    private void half(Exchange exchange, Reply reply) throws IOException {
        byte[] body = Json.mapper().writeValueAsBytes(reply.body());
        note(exchange, reply.httpStatus(), body, "answer cut in half");
        Wire.answerHalf(exchange.context(), reply.httpStatus(), JSON, body);
    }

    private void breakDown(Exchange exchange, Mode mode, String before) throws IOException, InterruptedException {
        switch (mode) {
            case HTTP_500 -> {
                note(exchange, 500, ERROR_PAGE, before + "500 from a web server in front");
                Wire.answer(exchange.context(), 500, HTML, ERROR_PAGE);
            }
            case GARBAGE -> {
                note(exchange, 200, GARBAGE_PAGE, before + "page from a web server in front");
                Wire.answer(exchange.context(), 200, HTML, GARBAGE_PAGE);
            }
            case DOWN -> {
                note(exchange, 0, NOTHING, before + "connection closed");
                Wire.hangUp(exchange.context());
            }
            case HANG -> {
                note(exchange, 0, NOTHING, before + "no answer until the mode changes");
                String username = exchange.payload().peek("username");
                board.await(() -> closing || board.effective(username).mode() != Mode.HANG);
                Wire.hangUp(exchange.context());
            }
            case NORMAL, TIMEOUT_AFTER_BUY, TRUNCATED -> throw new IllegalArgumentException(mode + " has an answer");
        }
    }

    /** Waits, but not longer than the sandbox runs. */
    void hold(long ms) throws InterruptedException {
        if (ms > 0) {
            board.await(() -> closing, ms);
        }
    }

    private void note(Exchange exchange, int status, byte[] answer, @Nullable String note) {
        Context context = exchange.context();
        recorder.record(
                book.now(),
                context.req().getMethod(),
                context.path(),
                exchange.payload().raw(),
                answer,
                status,
                System.nanoTime() - exchange.startedNanos(),
                note);
    }

    /** Lets go of everybody who is kept waiting. */
    void close() {
        closing = true;
        board.wake();
    }
}
