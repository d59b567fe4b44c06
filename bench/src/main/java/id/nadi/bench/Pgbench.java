package id.nadi.bench;

import id.nadi.database.DatabaseAccess.Credentials;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** TPC-B by PostgreSQL's own program. */
record Pgbench(Path program, String host, int port, Credentials superuser) implements TpcB {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+) \\(without initial connection time\\)");
    private static final int THREADS = 2;

    /** On the PATH, or where Debian keeps it; the newest there. */
    static Optional<Path> find() {
        for (String folder :
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator)) {
            Path candidate = Path.of(folder, "pgbench");
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin/pgbench"))
                    .filter(Files::isExecutable)
                    .max(Comparator.naturalOrder());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public String describe() {
        return "TPC-B by " + program;
    }

    @Override
    public void prepare(int scale) throws IOException, InterruptedException {
        call("-i", "-q", "-s", Integer.toString(scale));
    }

    @Override
    public double run(int clients, Duration time) throws IOException, InterruptedException {
        String said = call(
                "-n",
                "-c",
                Integer.toString(clients),
                "-j",
                Integer.toString(THREADS),
                "-T",
                Long.toString(Math.max(1, time.toSeconds())));
        Matcher tps = TPS.matcher(said);
        if (!tps.find()) {
            throw new IOException("pgbench did not say how fast it was: " + said);
        }
        return Double.parseDouble(tps.group(1));
    }

    private String call(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(program.toString(), "-h", host, "-p", Integer.toString(port), "-U", superuser.user()));
        command.addAll(List.of(arguments));
        command.add(DATABASE);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", superuser.password());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("pgbench failed: " + said);
        }
        return said;
    }
}
