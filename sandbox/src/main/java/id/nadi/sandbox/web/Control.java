package id.nadi.sandbox.web;

import id.nadi.sandbox.common.Json;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** How control calls are read and answered: JSON both ways, mistakes named. */
public final class Control {
    private static final int BODY_BYTES_MAX = 256 * 1024;

    private Control() {}

    /** Reads the body; an empty one counts as an object without fields. */
    public static <T> T read(Context context, Class<T> type) throws IOException {
        byte[] body = Wire.body(context, BODY_BYTES_MAX);
        if (body == null) {
            throw Refusal.badRequest("The body is longer than " + BODY_BYTES_MAX + " bytes");
        }
        try {
            return Json.mapper().readValue(body.length == 0 ? new byte[] {'{', '}'} : body, type);
        } catch (JacksonException e) {
            throw Refusal.badRequest(Json.complaint(e));
        }
    }

    public static void answer(Context context, Object body) throws IOException {
        answer(context, 200, body);
    }

    public static void answer(Context context, int status, Object body) throws IOException {
        Wire.answer(context, status, "application/json", Json.mapper().writeValueAsBytes(body));
    }

    /** Reads a number from the query, bounded on both sides. */
    public static int limit(Context context, int byDefault, int max) {
        return Math.clamp(number(context, "limit", byDefault), 1, max);
    }

    public static long number(Context context, String name, long byDefault) {
        String text = context.queryParam(name);
        try {
            return text == null ? byDefault : Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw Refusal.badRequest(name + " must be a whole number");
        }
    }

    public static @Nullable Instant instant(Context context, String name) {
        String text = context.queryParam(name);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException _) {
            throw Refusal.badRequest(name + " must be a time such as 2026-01-31T17:00:00Z");
        }
    }

    public static String required(Context context, String name) {
        String text = context.queryParam(name);
        if (text == null) {
            throw Refusal.badRequest("The query must name " + name);
        }
        return text;
    }
}
