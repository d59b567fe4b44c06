package id.nadi.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets that must be readable again (API secrets, supplier keys) with AES-256-GCM. Each sealed value names the
 * key it was made with, so that keys can be rotated, and is bound to its place: a value copied to another tenant, row or
 * purpose does not open.
 */
public final class SecretBox {
    private static final byte FORMAT = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<Integer, SecretKey> keys;
    private final SecretKey current;
    private final int currentNumber;

    /** The first key seals; all of them open. Each is 32 bytes. */
    public SecretBox(byte[]... keys) {
        if (keys.length == 0) {
            throw new IllegalArgumentException("at least one key");
        }
        Map<Integer, SecretKey> byNumber = new LinkedHashMap<>();
        for (byte[] key : keys) {
            if (key.length != KEY_BYTES) {
                throw new IllegalArgumentException("a secret key has " + KEY_BYTES + " bytes, not " + key.length);
            }
            byNumber.put(numberOf(key), new SecretKeySpec(key, "AES"));
        }
        this.keys = byNumber;
        this.currentNumber = numberOf(keys[0]);
        this.current = new SecretKeySpec(keys[0], "AES");
    }

    /** Seals a text for one place, for example {@code tenant + "/api-key/" + id}. */
    public byte[] seal(String secret, String place) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, current, nonce, place, secret.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.allocate(1 + 4 + NONCE_BYTES + sealed.length)
                .put(FORMAT)
                .putInt(currentNumber)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /** Opens a sealed text; fails if it was changed, belongs to another place, or its key is not here. */
    public String open(byte[] sealed, String place) {
        ByteBuffer in = ByteBuffer.wrap(sealed);
        if (sealed.length < 1 + 4 + NONCE_BYTES + TAG_BITS / 8 || in.get() != FORMAT) {
            throw new IllegalStateException("not a sealed secret");
        }
        SecretKey key = keys.get(in.getInt());
        if (key == null) {
            throw new IllegalStateException("a secret was sealed with a key that is not configured here");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        in.get(nonce);
        byte[] body = Arrays.copyOfRange(sealed, in.position(), sealed.length);
        return new String(crypt(Cipher.DECRYPT_MODE, key, nonce, place, body), StandardCharsets.UTF_8);
    }

    /** A keyed digest for values that are compared and never read again, such as PINs; it names its key. */
    public byte[] digest(String value, String place) {
        return digest(currentNumber, current, value, place);
    }

    /** Whether a digest was made of this value for this place, by any key that is here. */
    public boolean matches(byte[] digest, String value, String place) {
        int number = ByteBuffer.wrap(digest).getInt();
        SecretKey key = keys.get(number);
        return key != null && MessageDigest.isEqual(digest, digest(number, key, value, place));
    }

    private static byte[] digest(int number, SecretKey key, String value, String place) {
        byte[] mac = Hashes.hmac(
                "HmacSHA256",
                key.getEncoded(),
                place.getBytes(StandardCharsets.UTF_8),
                new byte[1],
                value.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.allocate(4 + mac.length).putInt(number).put(mac).array();
    }

    private static byte[] crypt(int mode, SecretKey key, byte[] nonce, String place, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("a sealed secret does not open: changed, moved, or another key", failed);
        }
    }

    private static int numberOf(byte[] key) {
        return ByteBuffer.wrap(Hashes.sha256(key)).getInt();
    }
}
