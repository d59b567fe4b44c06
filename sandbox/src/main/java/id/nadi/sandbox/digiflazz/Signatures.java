package id.nadi.sandbox.digiflazz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The two signatures of the API, both in lower-case hexadecimal: MD5 on calls, HMAC-SHA1 on callbacks. */
final class Signatures {
    private Signatures() {}

    static String ofCall(String username, String apiKey, String suffix) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest((username + apiKey + suffix).getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The value of {@code X-Hub-Signature} over exactly these bytes. */
    static String ofCallback(byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA1"));
            return "sha1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
