package id.nadi.sandbox.digiflazz;

import id.nadi.sandbox.callback.CallbackSender;
import id.nadi.sandbox.callback.CallbackSender.Message;
import id.nadi.sandbox.common.Json;
import id.nadi.sandbox.common.Secrets;
import java.net.URI;
import java.util.UUID;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The message with which a buyer tries out a webhook. It carries no transaction, and no {@code data} around it. */
final class Pings {
    private final Book book;
    private final CallbackSender sender;

    @JsonNaming(SnakeCaseStrategy.class)
    private record Ping(String sed, String hookId, Hook hook) {}

    private record Hook(String url, String secret, String type, int status) {}

    Pings(Book book, CallbackSender sender) {
        this.book = book;
        this.sender = sender;
    }

    /** Sends a ping to the webhook of that id and answers with the same. */
    Reply send(String hookId) {
        Account account = book.accountOfHook(hookId);
        if (account == null) {
            return Reply.refused(404, ResponseCode.PAYLOAD_ERROR);
        }
        String url = account.callbackUrl();
        if (url == null) {
            return Reply.refused(ResponseCode.PAYLOAD_ERROR);
        }
        Ping ping = new Ping(Secrets.hex(5), hookId, new Hook(url, account.webhookSecret(), "application/json", 1));
        byte[] body = Json.mapper().writeValueAsBytes(ping);
        String signature = Signatures.ofCallback(body, account.webhookSecret());
        URI receiver = URI.create(url);
        sender.send(
                receiver,
                () -> new Message(
                        receiver,
                        Callbacks.headers("ping", UUID.randomUUID(), Callbacks.userAgent(null), signature),
                        body,
                        "ping"),
                _ -> {});
        return Reply.bare(ping);
    }
}
