package id.nadi.sandbox;

import id.nadi.sandbox.callback.CallbackSender;
import id.nadi.sandbox.common.Agenda;
import id.nadi.sandbox.common.CallRecorder;
import id.nadi.sandbox.common.Home;
import id.nadi.sandbox.digiflazz.Digiflazz;
import id.nadi.sandbox.digiflazz.DigiflazzControl;
import id.nadi.sandbox.standin.Surroundings;
import id.nadi.sandbox.web.WebServer;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** A sandbox that listens, until it is closed. */
public final class RunningSandbox implements AutoCloseable {
    private final Home home;
    private final Agenda agenda;
    private final CallbackSender callbackSender;
    private final CallRecorder calls = new CallRecorder();
    private final Digiflazz digiflazz;
    private final WebServer server;
    private final int port;
    private final URI baseUrl;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    RunningSandbox(Home home, SandboxOptions options) {
        CallRecorder callbacks = new CallRecorder();
        this.home = home;
        this.agenda = new Agenda(options.clock());
        this.callbackSender = new CallbackSender(options.clock(), callbacks);
        this.digiflazz = new Digiflazz(
                new Surroundings(home.directory(), options.clock(), agenda, callbackSender, calls),
                options.minRepoll(),
                options.priceListInterval());
        this.server = new WebServer(List.of(digiflazz), calls, callbacks, home.token());
        try {
            digiflazz.resume();
            this.port = server.listen(options.bind(), options.port());
            this.baseUrl = URI.create("http://" + host(options.bind()) + ":" + port);
            home.announce(new Home.Announcement(
                    ProcessHandle.current().pid(), port, baseUrl.toString(), Instant.now(), home.token()));
        } catch (RuntimeException e) {
            closeParts();
            throw e;
        }
    }

    private static String host(String bind) {
        return bind.contains(":") ? "[" + bind + "]" : bind;
    }

    /** Where it listens, without a slash at the end. */
    public URI baseUrl() {
        return baseUrl;
    }

    public int port() {
        return port;
    }

    /** What control calls carry in {@code X-Sandbox-Token}. */
    public String token() {
        return home.token();
    }

    public DigiflazzControl digiflazz() {
        return digiflazz.control();
    }

    /** The last calls of all stand-ins' APIs, newest first. */
    public List<CallRecorder.Call> calls(int limit) {
        return calls.last(limit, server.secrets());
    }

    /** Waits until somebody closes it. */
    void awaitClose() throws InterruptedException {
        closed.await();
    }

    /** Stops listening, makes the journal durable and gives the directory back. Closing again does nothing. */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        closeParts();
        home.close();
        closed.countDown();
    }

    /** In this order nobody is left waiting, and nothing is written once the journal is closed. */
    private void closeParts() {
        digiflazz.leave();
        server.close();
        agenda.close();
        callbackSender.close();
        digiflazz.close();
    }
}
