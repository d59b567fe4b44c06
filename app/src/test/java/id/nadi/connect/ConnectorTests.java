package id.nadi.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the connector says of a call, against servers that speak bytes and not a library. */
class ConnectorTests {
    private static final Duration TIMEOUT = Duration.ofMillis(700);
    /** What a bounded exchange may take on a busy machine; far less than what an unbounded one would. */
    private static final Duration BOUND = Duration.ofSeconds(5);

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final int ANSWER_BYTES_MAX = 10_000;

    private @Nullable RawServer server;
    private @Nullable Connector connector;

    @AfterEach
    void close() {
        if (connector != null) {
            connector.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void answersWithStatusAndBody() {
        Exchange exchange = post(serve((connection, requests) -> connection.say(OK)));
        assertThat(exchange).isInstanceOfSatisfying(Exchange.Answered.class, answered -> {
            assertThat(answered.status()).isEqualTo(200);
            assertThat(answered.text()).isEqualTo("ok");
        });
    }

    /** The moment at which libraries like to send a request again by themselves. */
    @Test
    void aWarmConnectionThatClosesOnARequestHasSeenItOnceAndItIsNotRepeated() {
        RawServer warm = serve((connection, request) -> {
            if (request == 1) {
                connection.say(OK);
            } else {
                connection.close();
            }
        });
        Connector one = connectorTo(warm);
        assertThat(one.exchange(call(warm.address()))).isInstanceOf(Exchange.Answered.class);
        assertThat(one.exchange(call(warm.address()))).isInstanceOf(Exchange.Lost.class);
        assertThat(warm.connections.get())
                .as("the second request went out warm")
                .isEqualTo(1);
        assertThat(warm.requests).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE"})
    void noMethodIsTakenForRepeatable(String method) {
        RawServer closing = serve((connection, request) -> connection.close());
        Call call = new Call(method, closing.address(), Map.of(), null, TIMEOUT);
        assertThat(connectorTo(closing).exchange(call)).isInstanceOf(Exchange.Lost.class);
        assertThat(closing.requests).hasSize(1);
    }

    @Test
    void aServerThatIsBusyIsNotAskedAgain() {
        RawServer busy = serve((connection, request) ->
                connection.say("HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"));
        assertThat(post(busy))
                .isInstanceOfSatisfying(
                        Exchange.Answered.class,
                        answered -> assertThat(answered.status()).isEqualTo(503));
        assertThat(busy.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsAnAnswerAndIsNotFollowed(int status) {
        RawServer redirecting = serve((connection, request) ->
                connection.say("HTTP/1.1 " + status + " Elsewhere\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n"));
        assertThat(post(redirecting))
                .isInstanceOfSatisfying(
                        Exchange.Answered.class,
                        answered -> assertThat(answered.status()).isEqualTo(status));
        assertThat(redirecting.requests).hasSize(1);
    }

    @Test
    void aRefusedConnectionHasSentNothing() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        URI address = URI.create("http://127.0.0.1:" + closed);
        assertThat(connector("127.0.0.1:" + closed).exchange(call(address))).isInstanceOf(Exchange.NotSent.class);
    }

    @Test
    void anUnknownNameHasSentNothing() {
        assertThat(connector().exchange(call(URI.create("https://nobody.invalid/"))))
                .isInstanceOf(Exchange.NotSent.class);
    }

    @Test
    void plainHttpGoesOnlyWhereItIsListed() {
        RawServer unlisted = serve((connection, request) -> connection.say(OK));
        assertThat(connector("127.0.0.1:1").exchange(call(unlisted.address()))).isInstanceOf(Exchange.NotSent.class);
        assertThat(unlisted.connections.get()).isZero();
    }

    @Test
    void alsoWithTlsAListedPortDoesNotOpenItsNeighbours() {
        RawServer neighbour = serve((connection, request) -> connection.say(OK));
        URI address = URI.create("https://127.0.0.1:" + neighbour.port());
        assertThat(connector("127.0.0.1:1").exchange(call(address))).isInstanceOf(Exchange.NotSent.class);
        assertThat(neighbour.connections.get()).isZero();
    }

    /** Each spelling would reach the server if it were let through: it listens on the loopback address. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.2",
                "127.1",
                "2130706433",
                "0x7f000001",
                "0x7f.0.0.1",
                "0177.0.0.1",
                "017700000001",
                "localhost",
                "LOCALHOST",
                "localhost.",
                "0.0.0.0",
                "[::1]",
                "[::]",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::127.0.0.1]",
                "user@127.0.0.1"
            })
    void noSpellingOfLoopbackIsReached(String host) {
        RawServer own = serve((connection, request) -> connection.say(OK));
        for (String scheme : List.of("https", "http", "HTTPS")) {
            assertThat(connector().exchange(call(URI.create(scheme + "://" + host + ":" + own.port() + "/"))))
                    .isInstanceOf(Exchange.NotSent.class);
        }
        assertThat(own.connections.get()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "[fd00:ec2::254]",
                "[fe80::1]",
                "[64:ff9b::7f00:1]",
                "[2002:7f00:1::]"
            })
    void addressesOfOurOwnNetworksAreRefusedBeforeAnythingConnects(String host) {
        Exchange exchange = connector().exchange(call(URI.create("https://" + host + "/latest/meta-data")));
        assertThat(exchange)
                .isInstanceOfSatisfying(
                        Exchange.NotSent.class,
                        refused -> assertThat(refused.reason()).contains("inside our own networks"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"file:///etc/passwd", "ftp://example.test/", "gopher://127.0.0.1/", "/relative", "https:opaque"})
    void otherSchemesAndWhatIsNoAddressAreRefused(String address) {
        assertThat(connector().exchange(call(URI.create(address)))).isInstanceOf(Exchange.NotSent.class);
    }

    @Test
    void anAddressOfSixCanBeListedAsItIsWritten() {
        assertThat(connector("[::1]:1").exchange(call(URI.create("http://[::1]:1/"))))
                .isInstanceOfSatisfying(
                        Exchange.NotSent.class,
                        refused -> assertThat(refused.reason())
                                .doesNotContain("not allowed")
                                .doesNotContain("our own networks"));
    }

    @Test
    void anAnswerAtItsBoundIsTakenAndOneOverItIsLost() {
        String full = "x".repeat(ANSWER_BYTES_MAX);
        RawServer exact = serve((connection, request) -> connection.say("HTTP/1.1 200 OK\r\nContent-Length: "
                + (full.length() + request - 1) + "\r\n\r\n" + full + "x".repeat(request - 1)));
        Connector one = connectorTo(exact);
        assertThat(one.exchange(call(exact.address()))).isInstanceOf(Exchange.Answered.class);
        assertThat(one.exchange(call(exact.address()))).isInstanceOf(Exchange.Lost.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1000000000", "X-Until: closed", "Transfer-Encoding: chunked"})
    void anAnswerWithoutEndIsNotReadOn(String header) {
        AtomicLong written = new AtomicLong();
        CountDownLatch brokenOff = new CountDownLatch(1);
        byte[] piece = header.contains("chunked")
                ? ("1000\r\n" + "x".repeat(4_096) + "\r\n").getBytes(StandardCharsets.US_ASCII)
                : new byte[4_096];
        RawServer endless = serve((connection, request) -> {
            connection.say("HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n");
            try {
                while (written.get() < 1_000_000_000L) {
                    connection.send(piece);
                    written.addAndGet(piece.length);
                }
            } catch (UncheckedIOException closed) {
                brokenOff.countDown();
            }
        });
        Call patient = new Call("POST", endless.address(), Map.of(), new byte[0], Duration.ofSeconds(30));
        assertThat(connectorTo(endless).exchange(patient))
                .isInstanceOfSatisfying(
                        Exchange.Lost.class, lost -> assertThat(lost.reason()).contains("larger than"));
        await().atMost(BOUND).until(() -> brokenOff.getCount() == 0);
        // What the sockets' buffers take is beyond our reach; the rest was never read.
        assertThat(written.get()).isLessThan(50_000_000L);
    }

    @Test
    void aHangIsLostWithinItsTime() {
        RawServer silent = serve((connection, request) -> {});
        assertThat(bounded(silent)).isInstanceOf(Exchange.Lost.class);
        assertThat(silent.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", "HTTP/1.1 200 OK\r\nX-Endless: "})
    void aTrickleIsLostWithinItsTime(String beginning) {
        RawServer trickling = serve((connection, request) -> {
            connection.say(beginning);
            try {
                for (int sent = 0; sent < 4_000; sent++) {
                    connection.say("H");
                    Thread.sleep(20);
                }
            } catch (UncheckedIOException closed) {
                connection.close();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(bounded(trickling)).isInstanceOf(Exchange.Lost.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.6\r\n\r\n",
                "<html>no header at all</html>\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\ntoo short",
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
                ""
            })
    void whatIsNoWholeAnswerIsLost(String said) {
        RawServer talking = serve((connection, request) -> {
            connection.say(said);
            connection.close();
        });
        assertThat(bounded(talking)).isInstanceOf(Exchange.Lost.class);
        assertThat(talking.requests).hasSize(1);
    }

    @Test
    void aFailedHandshakeHasSentNothing() {
        RawServer plain = new RawServer(socket -> {
            Connection connection = new Connection(socket);
            connection.say("HTTP/1.1 400 Plain\r\n\r\n");
            connection.close();
        });
        server = plain;
        URI address = URI.create("https://127.0.0.1:" + plain.port() + "/");
        assertThat(connectorTo(plain).exchange(call(address))).isInstanceOf(Exchange.NotSent.class);
        assertThat(plain.connections.get()).isEqualTo(1);
    }

    @Test
    void aHandshakeThatNeverEndsHasSentNothingAndIsBounded() {
        RawServer silent = new RawServer(socket -> {});
        server = silent;
        URI address = URI.create("https://127.0.0.1:" + silent.port() + "/");
        long started = System.nanoTime();
        assertThat(connectorTo(silent).exchange(call(address))).isInstanceOf(Exchange.NotSent.class);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(BOUND);
    }

    @Test
    void aLostAnswerLeavesTheNextCallAConnectionOfItsOwn() {
        RawServer forgetful = serve((connection, request) -> {
            if (request > 1 || connection.number > 1) {
                connection.say(OK);
            }
        });
        Connector one = connectorTo(forgetful);
        assertThat(one.exchange(call(forgetful.address()))).isInstanceOf(Exchange.Lost.class);
        assertThat(one.exchange(call(forgetful.address()))).isInstanceOf(Exchange.Answered.class);
        assertThat(forgetful.connections.get()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "1.1.1.1, true",
        "8.8.8.8, true",
        "103.10.10.10, true",
        "100.63.255.255, true",
        "100.128.0.0, true",
        "172.15.255.255, true",
        "172.32.0.0, true",
        "192.0.1.1, true",
        "198.17.255.255, true",
        "198.20.0.0, true",
        "223.255.255.255, true",
        "0.0.0.0, false",
        "0.1.2.3, false",
        "10.0.0.0, false",
        "10.255.255.255, false",
        "100.64.0.0, false",
        "100.127.255.255, false",
        "127.0.0.1, false",
        "127.255.255.255, false",
        "169.254.169.254, false",
        "172.16.0.0, false",
        "172.31.255.255, false",
        "192.0.0.1, false",
        "192.0.2.1, false",
        "192.168.0.0, false",
        "192.168.255.255, false",
        "198.18.0.0, false",
        "198.19.255.255, false",
        "198.51.100.1, false",
        "203.0.113.1, false",
        "224.0.0.1, false",
        "239.255.255.255, false",
        "240.0.0.1, false",
        "255.255.255.255, false",
        "2606:4700:4700::1111, true",
        "2400:3200::1, true",
        "2001:4860:4860::8888, true",
        "::, false",
        "::1, false",
        "::127.0.0.1, false",
        "::ffff:10.0.0.1, false",
        "64:ff9b::a00:1, false",
        "100::1, false",
        "2001::1, false",
        "2001:db8::1, false",
        "2002:7f00:1::, false",
        "fc00::1, false",
        "fd00:ec2::254, false",
        "fe80::1, false",
        "fec0::1, false",
        "ff02::1, false"
    })
    void knowsWhichAddressesAreOfTheOpenInternet(String address, boolean open) throws IOException {
        assertThat(PublicAddresses.contain(InetAddress.getByName(address))).isEqualTo(open);
    }

    private Exchange post(RawServer to) {
        return connectorTo(to).exchange(call(to.address()));
    }

    private Exchange bounded(RawServer to) {
        long started = System.nanoTime();
        Exchange exchange = post(to);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(BOUND);
        return exchange;
    }

    private static Call call(URI address) {
        return Call.postJson(address, "{\"buy\":1}".getBytes(StandardCharsets.UTF_8), TIMEOUT);
    }

    private Connector connectorTo(RawServer to) {
        return connector("127.0.0.1:" + to.port());
    }

    private Connector connector(String... allow) {
        if (connector != null) {
            connector.close();
        }
        Connector made = new Connector(new ConnectLimits(List.of(allow), Duration.ofSeconds(2), ANSWER_BYTES_MAX, 8));
        connector = made;
        return made;
    }

    private RawServer serve(Answering answering) {
        RawServer started = new RawServer(answering);
        server = started;
        return started;
    }

    private interface Answering {
        /** Called with the connection and the number of the request on it, from 1. */
        void answer(Connection connection, int request);
    }

    private interface Accepting {
        void accept(Socket socket);
    }

    /** Listens on loopback and counts what arrives, whole requests and connections. */
    private static final class RawServer {
        private final ServerSocket listening;
        private final AtomicInteger connections = new AtomicInteger();
        private final List<String> requests = new CopyOnWriteArrayList<>();
        private final List<Socket> open = new CopyOnWriteArrayList<>();

        RawServer(Answering answering) {
            this.listening = listen();
            start(socket -> serve(new Connection(socket, connections.get()), answering));
        }

        RawServer(Accepting accepting) {
            this.listening = listen();
            start(accepting);
        }

        private static ServerSocket listen() {
            try {
                // All addresses, so that every spelling of loopback would arrive.
                return new ServerSocket(0);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        private void start(Accepting accepting) {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        Socket socket = listening.accept();
                        connections.incrementAndGet();
                        open.add(socket);
                        Thread.ofVirtual().start(() -> accepting.accept(socket));
                    }
                } catch (IOException closed) {
                    open.forEach(RawServer::end);
                }
            });
        }

        private void serve(Connection connection, Answering answering) {
            try {
                for (int number = 1; readRequest(connection); number++) {
                    answering.answer(connection, number);
                }
            } catch (IOException | UncheckedIOException gone) {
                connection.close();
            }
        }

        private boolean readRequest(Connection connection) throws IOException {
            String first = connection.in.readLine();
            if (first == null) {
                return false;
            }
            int length = 0;
            for (String line = connection.in.readLine(); line != null && !line.isEmpty(); ) {
                if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(
                            line.substring("content-length:".length()).strip());
                }
                line = connection.in.readLine();
            }
            char[] body = new char[length];
            int read = 0;
            while (read < length) {
                int more = connection.in.read(body, read, length - read);
                if (more < 0) {
                    return false;
                }
                read += more;
            }
            requests.add(first);
            return true;
        }

        private static void end(Socket socket) {
            try {
                socket.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        int port() {
            return listening.getLocalPort();
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + port() + "/buy");
        }

        void close() {
            try {
                listening.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    private static final class Connection {
        private final Socket socket;
        private final int number;
        private final BufferedReader in;
        private final OutputStream out;

        Connection(Socket socket) {
            this(socket, 1);
        }

        Connection(Socket socket, int number) {
            try {
                this.socket = socket;
                this.number = number;
                this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                this.out = socket.getOutputStream();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        void say(String text) {
            send(text.getBytes(StandardCharsets.UTF_8));
        }

        void send(byte[] bytes) {
            try {
                out.write(bytes);
                out.flush();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        void close() {
            try {
                socket.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
