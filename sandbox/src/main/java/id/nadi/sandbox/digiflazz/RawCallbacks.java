package id.nadi.sandbox.digiflazz;

import static java.nio.charset.StandardCharsets.UTF_8;

import id.nadi.sandbox.callback.CallbackSender;
import id.nadi.sandbox.callback.CallbackSender.Message;
import id.nadi.sandbox.callback.CallbackSender.Receipt;
import id.nadi.sandbox.common.Json;
import id.nadi.sandbox.web.Refusal;
import java.net.URI;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Callbacks sent by hand: late ones, contradictory ones, forged ones. */
final class RawCallbacks {
    private final Book book;
    private final CallbackSender sender;

    private record Envelope(TransactionData data) {}

    RawCallbacks(Book book, CallbackSender sender) {
        this.book = book;
        this.sender = sender;
    }

    CallbackReceipt send(RawCallback callback) {
        Message message;
        synchronized (book) {
            message = message(callback);
        }
        Receipt receipt = sender.send(message);
        return new CallbackReceipt(
                receipt.accepted(), receipt.status(), receipt.answer(), new String(message.body(), UTF_8));
    }

    private Message message(RawCallback callback) {
        Account account = book.account(callback.username());
        if (account == null) {
            throw Refusal.notFound("There is no account \"" + callback.username() + "\"");
        }
        Reference reference = callback.refId() == null ? null : account.reference(callback.refId());
        byte[] body = body(callback, reference);
        return new Message(
                receiver(callback, account, reference),
                Callbacks.headers(
                        callback.event() == null ? "update" : callback.event(),
                        UUID.randomUUID(),
                        Callbacks.userAgent(reference),
                        signature(callback, account, body)),
                body,
                "by hand");
    }

    private static URI receiver(RawCallback callback, Account account, @Nullable Reference reference) {
        String usual = reference == null ? account.callbackUrl() : reference.callbackUrl();
        String url = callback.url() == null ? usual : callback.url();
        if (url == null || !Payload.isWebAddress(url)) {
            throw Refusal.conflict("There is no web address to send the callback to");
        }
        return URI.create(url);
    }

    private static @Nullable String signature(RawCallback callback, Account account, byte[] body) {
        return switch (callback.signature()) {
            case GOOD -> Signatures.ofCallback(body, account.webhookSecret());
            case BAD -> Signatures.ofCallback(body, account.webhookSecret() + "?");
            case NONE -> null;
            case null -> Signatures.ofCallback(body, account.webhookSecret());
        };
    }

    private byte[] body(RawCallback callback, @Nullable Reference reference) {
        return callback.body() == null
                ? Json.mapper().writeValueAsBytes(new Envelope(data(callback, reference)))
                : callback.body().getBytes(UTF_8);
    }

    private TransactionData data(RawCallback callback, @Nullable Reference reference) {
        ResponseCode rc = code(callback, reference);
        TransactionData data = reference == null
                ? TransactionData.unknown(callback.refId(), rc, callback.sn())
                : TransactionData.of(reference, rc, callback.sn(), book.catalogue());
        TransactionData worded = callback.status() == null ? data : data.withStatus(status(callback.status()));
        return callback.rc() == null ? worded : worded.withCode(callback.rc());
    }

    /** The code that decides message and status: the one given, the usual one of the status given, the true one. */
    private static ResponseCode code(RawCallback callback, @Nullable Reference reference) {
        ResponseCode given = callback.rc() == null ? null : ResponseCode.find(callback.rc());
        if (given != null) {
            return given;
        }
        if (callback.status() != null) {
            return switch (status(callback.status())) {
                case SUCCESS -> ResponseCode.OK;
                case PENDING -> ResponseCode.TRANSACTION_PENDING;
                case FAILED -> ResponseCode.TRANSACTION_FAILED;
            };
        }
        return reference == null ? ResponseCode.OK : reference.rc();
    }

    private static Status status(String word) {
        return Arrays.stream(Status.values())
                .filter(status -> status.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Refusal.badRequest("status is Sukses, Pending or Gagal"));
    }
}
