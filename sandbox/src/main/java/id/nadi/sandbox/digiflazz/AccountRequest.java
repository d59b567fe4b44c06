package id.nadi.sandbox.digiflazz;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account to create, or what to change about one; null leaves a field as it is (or has it made up, for a new one).
 *
 * @param balance in whole rupiah
 * @param callbackUrl empty for none
 * @param webhookSecret made up if absent
 * @param allowedIps literal addresses; empty lets everybody in
 */
public record AccountRequest(
        @Nullable String username,
        @Nullable Long balance,
        @Nullable String callbackUrl,
        @Nullable String webhookSecret,
        @Nullable List<String> allowedIps) {

    public static AccountRequest named(String username) {
        return new AccountRequest(username, null, null, null, null);
    }

    public AccountRequest balance(long rupiah) {
        return new AccountRequest(username, rupiah, callbackUrl, webhookSecret, allowedIps);
    }

    public AccountRequest callbackUrl(String url) {
        return new AccountRequest(username, balance, url, webhookSecret, allowedIps);
    }

    public AccountRequest webhookSecret(String secret) {
        return new AccountRequest(username, balance, callbackUrl, secret, allowedIps);
    }

    public AccountRequest allowedIps(List<String> addresses) {
        return new AccountRequest(username, balance, callbackUrl, webhookSecret, addresses);
    }
}
