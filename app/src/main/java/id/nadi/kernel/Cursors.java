package id.nadi.kernel;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Opaque cursors: a key of the last row shown, so that pages stay right while rows are added. */
public final class Cursors {
    private Cursors() {}

    public static String of(UUID id) {
        ByteBuffer bytes = ByteBuffer.allocate(16);
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    public static String of(long number) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(8).putLong(number).array());
    }

    /** Reads a cursor made by {@link #of(UUID)}; refuses anything else with PARAMETER_INVALID. */
    public static @Nullable UUID uuid(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        ByteBuffer bytes = decode(cursor, 16);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    /** Reads a cursor made by {@link #of(long)}; refuses anything else with PARAMETER_INVALID. */
    public static @Nullable Long number(@Nullable String cursor) {
        return cursor == null ? null : decode(cursor, 8).getLong();
    }

    private static ByteBuffer decode(String cursor, int length) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException notBase64) {
            bytes = new byte[0];
        }
        if (bytes.length != length) {
            throw Refusal.of(ErrorCode.PARAMETER_INVALID, "cursor", new Phrase("bukan dari kami", "not one of ours"))
                    .asException();
        }
        return ByteBuffer.wrap(bytes);
    }
}
