package id.nadi.web;

import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Refusal;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A request whose body was read once, up to a bound, so that its signature is checked over what is parsed later. */
public final class BufferedRequest extends HttpServletRequestWrapper {
    private final byte[] body;

    private BufferedRequest(HttpServletRequest request, byte[] body) {
        super(request);
        this.body = body;
    }

    /** Reads the body; refuses one of more than {@code bytesMax} with BODY_TOO_LARGE. */
    public static BufferedRequest of(HttpServletRequest request, int bytesMax) {
        return new BufferedRequest(request, read(request, bytesMax));
    }

    private static byte[] read(HttpServletRequest request, int bytesMax) {
        if (request.getContentLengthLong() > bytesMax) {
            throw tooLarge(bytesMax);
        }
        byte[] read;
        try {
            read = request.getInputStream().readNBytes(bytesMax + 1);
        } catch (IOException brokenOff) {
            throw Refusal.of(ErrorCode.REQUEST_MALFORMED).asException();
        }
        if (read.length > bytesMax) {
            throw tooLarge(bytesMax);
        }
        return read;
    }

    private static RuntimeException tooLarge(int bytesMax) {
        return Refusal.of(ErrorCode.BODY_TOO_LARGE, bytesMax).asException();
    }

    /** The body as it came. The caller does not change it. */
    public byte[] body() {
        return body;
    }

    @Override
    public ServletInputStream getInputStream() {
        return new Replay(body);
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    private static final class Replay extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        Replay(byte[] body) {
            this.bytes = new ByteArrayInputStream(body);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return bytes.read(target, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("the body is in memory");
        }
    }
}
