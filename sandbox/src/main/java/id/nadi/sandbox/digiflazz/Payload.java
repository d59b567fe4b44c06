package id.nadi.sandbox.digiflazz;

import id.nadi.sandbox.common.Json;
import id.nadi.sandbox.web.Wire;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a call, read strictly: a field of the wrong type, a required one that is missing or a text too long
 * breaks the whole. Reading goes on nevertheless, so that the answer can name what could be read.
 */
final class Payload {
    private static final int BODY_BYTES_MAX = 64 * 1024;
    private static final int TEXT_LENGTH_MAX = 255;
    private static final ObjectNode NO_FIELDS = Json.mapper().createObjectNode();

    private final byte[] raw;
    private final ObjectNode fields;
    private boolean broken;

    private Payload(byte[] raw, @Nullable ObjectNode fields) {
        this.raw = raw;
        this.fields = fields == null ? NO_FIELDS : fields;
        this.broken = fields == null;
    }

    static Payload read(Context context) throws IOException {
        byte[] raw = Wire.body(context, BODY_BYTES_MAX);
        if (raw == null) {
            return new Payload(new byte[0], null);
        }
        return new Payload(raw, isJson(context.req().getContentType()) ? parse(raw) : null);
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null
                && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
    }

    private static @Nullable ObjectNode parse(byte[] raw) {
        try {
            return Json.mapper().readTree(raw) instanceof ObjectNode object ? object : null;
        } catch (JacksonException _) {
            return null;
        }
    }

    byte[] raw() {
        return raw;
    }

    /** Whether anything read so far was not as it has to be. */
    boolean isBroken() {
        return broken;
    }

    /** The text of a field if it has one; breaks nothing. */
    @Nullable
    String peek(String name) {
        JsonNode field = fields.get(name);
        return field != null && field.isString() ? field.stringValue() : null;
    }

    String text(String name) {
        String text = optionalText(name);
        if (text == null || text.isBlank()) {
            broken = true;
            return "";
        }
        return text;
    }

    @Nullable
    String optionalText(String name) {
        JsonNode field = present(name);
        if (field == null) {
            return null;
        }
        if (!field.isString() || field.stringValue().length() > TEXT_LENGTH_MAX) {
            broken = true;
            return null;
        }
        return field.stringValue();
    }

    /** One of some words; breaks on any other. */
    String word(String name, Set<String> words) {
        String text = text(name);
        broken |= !words.contains(text);
        return text;
    }

    @Nullable
    Long optionalWhole(String name) {
        JsonNode field = present(name);
        if (field == null) {
            return null;
        }
        if (!field.isIntegralNumber() || !field.canConvertToLong()) {
            broken = true;
            return null;
        }
        return field.longValue();
    }

    long whole(String name) {
        Long number = optionalWhole(name);
        broken |= number == null;
        return number == null ? 0 : number;
    }

    boolean optionalFlag(String name) {
        JsonNode field = present(name);
        if (field == null) {
            return false;
        }
        broken |= !field.isBoolean();
        return field.isBoolean() && field.booleanValue();
    }

    @Nullable
    String optionalUrl(String name) {
        String text = optionalText(name);
        if (text != null && !isWebAddress(text)) {
            broken = true;
            return null;
        }
        return text;
    }

    static boolean isWebAddress(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private @Nullable JsonNode present(String name) {
        JsonNode field = fields.get(name);
        return field == null || field.isNull() ? null : field;
    }
}
