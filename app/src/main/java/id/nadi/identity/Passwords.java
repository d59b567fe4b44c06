package id.nadi.identity;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.stereotype.Component;

/** Hashes passwords with bcrypt at cost 12 and takes the same time whether or not an account exists. */
@Component
class Passwords {
    private static final int COST = 12;

    /** Longer ones would be cut by bcrypt without a word. */
    static final int BYTES_MAX = 72;

    private final BCryptPasswordEncoder encoder = new BCryptPasswordEncoder(COST);
    private final String nobody = encoder.encode("nobody has this password");

    String hash(String password) {
        return encoder.encode(password);
    }

    boolean matches(String password, @Nullable String hash) {
        boolean same = encoder.matches(password, hash == null ? nobody : hash);
        return same && hash != null;
    }

    boolean outdated(String hash) {
        return encoder.upgradeEncoding(hash);
    }
}
