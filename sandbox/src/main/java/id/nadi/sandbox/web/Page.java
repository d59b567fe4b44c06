package id.nadi.sandbox.web;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The page at {@code /}: three files that ship with the sandbox and ask the control API for everything they show. */
final class Page {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    private Page() {}

    static void addRoutes(JavalinDefaultRoutingApi routes) {
        file(routes, "/", "index.html", "text/html; charset=utf-8");
        file(routes, "/page.css", "page.css", "text/css; charset=utf-8");
        file(routes, "/page.js", "page.js", "text/javascript; charset=utf-8");
        file(routes, "/favicon.svg", "favicon.svg", "image/svg+xml");
    }

    private static void file(JavalinDefaultRoutingApi routes, String path, String name, String contentType) {
        byte[] content = content(name);
        routes.get(path, context -> {
            protect(context);
            Wire.answer(context, 200, contentType, content);
        });
    }

    private static void protect(Context context) {
        context.header("Content-Security-Policy", POLICY);
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Referrer-Policy", "no-referrer");
        context.header("Cache-Control", "no-cache");
    }

    private static byte[] content(String name) {
        try (InputStream stream = Page.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("page file " + name + " is not on the class path");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
