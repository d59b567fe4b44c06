package id.nadi.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Says to the server exactly what a well-kept client would never say, and reads its answer to the end. */
public final class RawHttp {
    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    private RawHttp() {}

    /** Sends the lines, each ended by CR LF; the request should ask for the connection to be closed. */
    public static String send(int port, String... lines) {
        return send(port, (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    public static String send(int port, byte[] request) {
        return send(InetAddress.getLoopbackAddress(), port, request);
    }

    /** The same from another of this machine's addresses. */
    public static String sendFrom(String address, int port, String... lines) {
        byte[] request = (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        return send(InetAddress.ofLiteral(address), port, request);
    }

    private static String send(InetAddress from, int port, byte[] request) {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port, from, 0)) {
            socket.setSoTimeout((int) WAIT_MAX.toMillis());
            socket.getOutputStream().write(request);
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
