package id.nadi.kernel;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * A {@code uuid[]} parameter in PostgreSQL's binary form. The driver would send the array as text, which costs both
 * sides more than the batch's other columns together; connections must allow it, see {@link #OID}.
 */
public final class UuidArray extends PGobject implements PGBinaryObject {
    /** The array type's number, for the connection's property {@code binaryTransferEnable}. */
    public static final String OID = "2951";

    private static final int ELEMENT_OID = 2950;
    private static final int HEADER_BYTES = 20;
    private static final int LENGTH_BYTES = 4;
    private static final int UUID_BYTES = 16;
    private static final int NULL_LENGTH = -1;

    private final byte[] encoded;

    private UuidArray(byte[] encoded) {
        this.encoded = encoded;
        setType("_uuid");
    }

    /** One element of each row, in their order. */
    public static <T> UuidArray of(List<T> rows, Function<T, @Nullable UUID> element) {
        ByteBuffer buffer = ByteBuffer.allocate(HEADER_BYTES + rows.size() * (LENGTH_BYTES + UUID_BYTES));
        buffer.putInt(1).putInt(0).putInt(ELEMENT_OID).putInt(rows.size()).putInt(1);
        boolean nulls = false;
        for (T row : rows) {
            UUID value = element.apply(row);
            if (value == null) {
                nulls = true;
                buffer.putInt(NULL_LENGTH);
            } else {
                buffer.putInt(UUID_BYTES)
                        .putLong(value.getMostSignificantBits())
                        .putLong(value.getLeastSignificantBits());
            }
        }
        buffer.putInt(4, nulls ? 1 : 0);
        byte[] bytes = new byte[buffer.position()];
        buffer.get(0, bytes);
        return new UuidArray(bytes);
    }

    @Override
    public void setByteValue(byte[] value, int offset) {
        throw new UnsupportedOperationException("a parameter, never a result");
    }

    @Override
    public int lengthInBytes() {
        return encoded.length;
    }

    @Override
    public void toBytes(byte[] target, int offset) {
        System.arraycopy(encoded, 0, target, offset, encoded.length);
    }

    @Override
    public String getValue() {
        throw new IllegalStateException("the connection does not send uuid arrays in binary form");
    }

    @Override
    public UuidArray clone() {
        return new UuidArray(encoded);
    }
}
