package id.nadi.boot;

import id.nadi.Nadi;
import id.nadi.boot.Foundation.Installation;
import id.nadi.database.DataDirectory;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The whole application in this process, for the commands that keep it running. */
final class RunningServer implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final @Nullable DataDirectory directory;
    private final CountDownLatch closed = new CountDownLatch(1);

    private RunningServer(ConfigurableApplicationContext context, @Nullable DataDirectory directory) {
        this.context = context;
        this.directory = directory;
        context.addApplicationListener((ApplicationListener<ContextClosedEvent>) event -> closed.countDown());
    }

    /**
     * Starts it. With the embedded database this process owns the folder for as long as it lives.
     *
     * @param properties what else differs from the configuration's defaults
     */
    static RunningServer start(Path data, String bind, int port, Map<String, Object> properties) throws IOException {
        requireFree(bind, port);
        DataDirectory directory = hasOutsideDatabase() ? null : own(data);
        try {
            return start(data, directory, bind, port, properties);
        } catch (RuntimeException failed) {
            if (directory != null) {
                directory.close();
            }
            throw failed;
        }
    }

    /** Starts it over a folder that this process has taken already; whoever took it closes it. */
    static RunningServer start(DataDirectory owned, String bind, int port, Map<String, Object> properties) {
        return start(owned.path(), owned, bind, port, properties);
    }

    private static RunningServer start(
            Path data, @Nullable DataDirectory directory, String bind, int port, Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("nadi.data-dir", data.toString());
        all.put("server.address", bind);
        all.put("server.port", port);
        all.put("nadi.orders.sole-worker", directory != null);
        // What stops a start is told in one sentence, see CannotStartException.
        all.put("logging.level.org.springframework.boot.SpringApplication", "OFF");
        all.put("logging.level.org.springframework.boot.diagnostics", "OFF");
        return new RunningServer(
                new SpringApplicationBuilder(Nadi.class)
                        .logStartupInfo(false)
                        .initializers(started -> started.getEnvironment()
                                .getPropertySources()
                                .addFirst(new MapPropertySource("command line", all)))
                        .run(),
                directory);
    }

    /** Whether the operator named a database; if not, the application runs its own. */
    static boolean hasOutsideDatabase() {
        return installation().db().isSet();
    }

    /** What the environment says, before there is an application to ask. */
    static Installation installation() {
        StandardEnvironment environment = new StandardEnvironment();
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment).bindOrCreate("nadi", Installation.class);
    }

    /** Takes the folder for this process. */
    static DataDirectory own(Path data) throws IOException {
        return DataDirectory.open(data)
                .orElseThrow(() -> new CannotStartException("another process works in " + data.toAbsolutePath()
                        + "; stop it, or choose another folder with --data"));
    }

    /** Asked before anything is started, so that a taken port costs nothing and leaves nothing behind. */
    static void requireFree(String bind, int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(bind), port));
        } catch (BindException taken) {
            throw new CannotStartException(CannotStartException.portTaken(port));
        }
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    /** The port that it listens on, also where it was left to the system to choose. */
    int port() {
        if (context instanceof WebServerApplicationContext web && web.getWebServer() != null) {
            return web.getWebServer().getPort();
        }
        throw new IllegalStateException("no web server runs");
    }

    /** Waits until it was closed, by a signal or by {@link #close}. */
    void awaitEnd() throws InterruptedException {
        closed.await();
    }

    @Override
    public void close() throws IOException {
        context.close();
        if (directory != null) {
            directory.close();
        }
    }
}
