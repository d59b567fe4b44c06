package id.nadi.sandbox.digiflazz;

import id.nadi.sandbox.callback.CallbackSender;
import id.nadi.sandbox.callback.CallbackSender.Message;
import id.nadi.sandbox.callback.CallbackSender.Receipt;
import id.nadi.sandbox.common.Agenda;
import id.nadi.sandbox.common.Json;
import id.nadi.sandbox.digiflazz.PlannedCallback.Kind;
import id.nadi.sandbox.digiflazz.Reference.BillReference;
import id.nadi.sandbox.digiflazz.Reference.Purchase;
import id.nadi.sandbox.switches.SwitchBoard;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells buyers what became of their transactions, again and again until they have heard it or the tries run out. */
final class Callbacks {
    private static final int TRIES_MAX = 10;

    private final Book book;
    private final Agenda agenda;
    private final SwitchBoard<Switches> board;
    private final CallbackSender sender;

    private record Envelope(Object data) {}

    Callbacks(Book book, Agenda agenda, SwitchBoard<Switches> board, CallbackSender sender) {
        this.book = book;
        this.agenda = agenda;
        this.board = board;
        this.sender = sender;
    }

    /** Takes up what had not been accepted when an earlier process ended. */
    void resume() {
        synchronized (book) {
            book.callbacks().forEach(this::schedule);
        }
    }

    /** Plans the callbacks about a reference that has just become final. The caller holds the book. */
    void plan(Reference reference, Switches switches) {
        if (!switches.callbackEnabled() || reference.callbackUrl() == null) {
            return;
        }
        for (int copy = 1; copy <= switches.callbackDuplicates(); copy++) {
            boolean last = copy == switches.callbackDuplicates();
            plan(reference, last && switches.contradictLater() ? Kind.FINAL_THEN_OPPOSITE : Kind.FINAL, switches);
        }
    }

    private void plan(Reference reference, Kind kind, Switches switches) {
        UUID id = UUID.randomUUID();
        book.record(new Entry.CallbackPlanned(id, reference.number(), kind, book.now() + switches.callbackDelayMs()));
        PlannedCallback planned = book.callback(id);
        if (planned != null) {
            schedule(planned);
        }
    }

    private void schedule(PlannedCallback planned) {
        agenda.at(planned.due(), () -> send(planned));
    }

    private void send(PlannedCallback planned) {
        String url = planned.reference().callbackUrl();
        if (url == null) {
            end(planned, false);
            return;
        }
        URI receiver = URI.create(url);
        sender.send(receiver, () -> message(planned, receiver), receipt -> heard(planned, receipt));
    }

    private Message message(PlannedCallback planned, URI receiver) {
        Reference reference = planned.reference();
        byte[] body;
        synchronized (book) {
            body = Json.mapper().writeValueAsBytes(new Envelope(data(planned)));
        }
        String signature = Signatures.ofCallback(body, reference.account().webhookSecret());
        Map<String, String> headers = headers("update", planned.id(), userAgent(reference), signature);
        return new Message(receiver, headers, body, planned.kind() + ", try " + (planned.tries() + 1));
    }

    private TransactionData data(PlannedCallback planned) {
        Reference reference = planned.reference();
        return switch (planned.kind()) {
            case FINAL, FINAL_THEN_OPPOSITE ->
                TransactionData.of(reference, reference.rc(), reference.sn(), book.catalogue());
            case OPPOSITE -> opposite(reference);
        };
    }

    private TransactionData opposite(Reference reference) {
        boolean succeeded = reference.rc().status() == Status.SUCCESS;
        ResponseCode rc = succeeded ? ResponseCode.TRANSACTION_FAILED : ResponseCode.OK;
        String sn = SerialNumbers.of(reference, book.catalogue(), reference.createdAt());
        return TransactionData.of(reference, rc, sn, book.catalogue());
    }

    static String userAgent(@Nullable Reference reference) {
        return switch (reference) {
            case BillReference _ -> "Digiflazz-Pasca-Hookshot";
            case Purchase _ -> "Digiflazz-Hookshot";
            case null -> "Digiflazz-Hookshot";
        };
    }

    static Map<String, String> headers(String event, UUID id, String userAgent, @Nullable String signature) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", userAgent);
        headers.put("X-Digiflazz-Event", event);
        headers.put("X-Digiflazz-Delivery", id.toString());
        if (signature != null) {
            headers.put("X-Hub-Signature", signature);
        }
        return headers;
    }

    private void heard(PlannedCallback planned, Receipt receipt) {
        if (receipt.accepted()) {
            end(planned, true);
        } else if (planned.tries() + 1 >= TRIES_MAX) {
            end(planned, false);
        } else {
            again(planned);
        }
    }

    /** 1 s, 2 s, 4 s, … by default. */
    private void again(PlannedCallback planned) {
        synchronized (book) {
            Switches switches = board.effective(planned.reference().account().username());
            int tries = planned.tries() + 1;
            long due = book.now() + (switches.callbackRetryMs() << (tries - 1));
            book.record(new Entry.CallbackMissed(planned.id(), tries, due));
            schedule(planned.missed(tries, due));
        }
    }

    private void end(PlannedCallback planned, boolean accepted) {
        synchronized (book) {
            book.record(new Entry.CallbackEnded(planned.id(), accepted));
            if (accepted && planned.kind() == Kind.FINAL_THEN_OPPOSITE) {
                Reference reference = planned.reference();
                plan(
                        reference,
                        Kind.OPPOSITE,
                        board.effective(reference.account().username()));
            }
        }
    }
}
