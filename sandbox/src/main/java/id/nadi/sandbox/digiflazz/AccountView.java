package id.nadi.sandbox.digiflazz;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An account with its keys, as control calls show it. */
public record AccountView(
        String username,
        String apiKey,
        String webhookSecret,
        long balance,
        @Nullable String callbackUrl,
        List<String> allowedIps,
        String hookId) {
    static AccountView of(Account account) {
        return new AccountView(
                account.username(),
                account.apiKey(),
                account.webhookSecret(),
                account.balance(),
                account.callbackUrl(),
                account.allowedIps(),
                account.hookId());
    }
}
