package id.nadi.kernel;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The one shape of every answer of the APIs; the HTTP status is always {@code code}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Envelope<T>(
        int code,
        String status,
        @JsonProperty("error_code") @Nullable ErrorCode errorCode,
        String message,
        @Nullable T data) {

    public static <T> Envelope<T> success(String message, T data) {
        return new Envelope<>(200, "success", null, message, data);
    }

    public static Envelope<Void> failure(Refusal refusal, Locale locale) {
        return new Envelope<>(refusal.code().httpStatus(), "error", refusal.code(), refusal.message(locale), null);
    }

    /** A list as the wire has it. */
    public record Listing<T>(
            List<T> items,

            @JsonProperty("next_cursor") @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            String nextCursor) {

        public static <T> Listing<T> of(Page<T> page) {
            return new Listing<>(page.items(), page.nextCursor());
        }
    }
}
