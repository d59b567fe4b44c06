package id.nadi.boot;

import id.nadi.Nadi;
import id.nadi.database.DataDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the product in this process. */
final class Application {
    private Application() {}

    /** Whether an outside database is configured; without one the application runs its own over its folder. */
    static boolean hasOutsideDatabase() {
        String url = System.getenv("NADI_DB_URL");
        return url != null && !url.isBlank() && !url.equals("none");
    }

    /**
     * Claims the folder for this process. With an outside database several processes may work, so nothing is claimed.
     */
    static @Nullable DataDirectory claim(Path directory) throws IOException {
        if (hasOutsideDatabase()) {
            return null;
        }
        return DataDirectory.open(directory)
                .orElseThrow(() -> new CommandFailed("another nadi works in " + directory.toAbsolutePath()
                        + "; stop it, or choose another folder with --data"));
    }

    /** Starts it and answers once it takes requests. */
    static ConfigurableApplicationContext start(Path directory, String bind, int port, Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.put("nadi.data-dir", directory.toAbsolutePath().normalize().toString());
        properties.put("server.address", bind);
        properties.put("server.port", port);
        if (!hasOutsideDatabase()) {
            // The folder is ours alone, so every worker of the last run is dead.
            properties.put("nadi.orders.sole-worker", true);
        }
        String[] arguments = properties.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
        return new SpringApplicationBuilder(Nadi.class).logStartupInfo(false).run(arguments);
    }

    /** Asks before anything is started, so that the answer is quick and clear. */
    static void requireFree(String bind, int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(bind), port));
        } catch (java.net.BindException taken) {
            throw new CommandFailed("port " + port + " is in use on " + bind + "; choose another with --port");
        }
    }
}
