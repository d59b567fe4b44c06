package id.nadi.sandbox.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;

/** Reads bodies within bounds, and writes answers whole, in part, or not at all. */
public final class Wire {
    private Wire() {}

    /** Returns the body, or null if it is longer than that. */
    public static byte @Nullable [] body(Context context, int bytesMax) throws IOException {
        if (context.req().getContentLengthLong() > bytesMax) {
            return null;
        }
        byte[] body = context.req().getInputStream().readNBytes(bytesMax + 1);
        return body.length > bytesMax ? null : body;
    }

    public static void answer(Context context, int status, String contentType, byte[] body) throws IOException {
        head(context, status, contentType, body.length);
        context.res().getOutputStream().write(body);
    }

    /** Announces the whole body, sends half of it and closes the connection. */
    public static void answerHalf(Context context, int status, String contentType, byte[] body) throws IOException {
        head(context, status, contentType, body.length);
        OutputStream out = context.res().getOutputStream();
        out.write(body, 0, body.length / 2);
        out.flush();
        hangUp(context);
    }

    private static void head(Context context, int status, String contentType, int length) {
        context.res().setStatus(status);
        context.res().setContentType(contentType);
        context.res().setContentLength(length);
    }

    /** Closes the connection without another byte, as a crashed process or a firewall would. */
    public static void hangUp(Context context) {
        ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
    }
}
