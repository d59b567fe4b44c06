package id.nadi.boot;

import com.zaxxer.hikari.HikariDataSource;
import id.nadi.database.DataDirectory;
import id.nadi.database.DatabaseAccess;
import id.nadi.database.Databases;
import id.nadi.database.EmbeddedDatabase;
import id.nadi.ledger.BooksAudit;
import id.nadi.orders.OrderInvariants;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

@Command(
        name = "audit",
        description = "Replays the books and counts what does not hold; exits 1 on any violation.",
        footer = {"", "Works beside a running serve or demo on the same folder, and without one."})
final class AuditCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "The data folder (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Option(names = "--json", description = "One object per invariant on a line of its own.")
    private boolean json;

    @Option(names = "--help", usageHelp = true, description = "Show this and stop.")
    private boolean help;

    @Override
    public Integer call() throws IOException {
        if (Application.hasOutsideDatabase()) {
            return report(audit(outside()));
        }
        if (!Files.isDirectory(data.resolve("postgres"))) {
            throw new CommandFailed("there are no data in " + data.toAbsolutePath() + "; name the folder with --data");
        }
        Optional<DataDirectory> claimed = DataDirectory.open(data);
        if (claimed.isEmpty()) {
            return report(audit(EmbeddedDatabase.running(data)
                    .orElseThrow(() -> new CommandFailed("the database of " + data + " is just starting; try again"))));
        }
        try (DataDirectory folder = claimed.get();
                EmbeddedDatabase database = EmbeddedDatabase.start(folder.path())) {
            return report(audit(database.access()));
        }
    }

    private static List<BooksAudit.Finding> audit(DatabaseAccess access) {
        try (HikariDataSource platform = Databases.pool(access, access.platform(), "audit", 1)) {
            return new BooksAudit(platform, List.of(new OrderInvariants())).run();
        }
    }

    private int report(List<BooksAudit.Finding> findings) {
        PrintWriter out = spec.commandLine().getOut();
        for (BooksAudit.Finding finding : findings) {
            out.println(
                    json
                            ? JsonMapper.shared().writeValueAsString(finding)
                            : "%8d  %s".formatted(finding.violations(), finding.invariant()));
        }
        boolean clean = findings.stream().allMatch(finding -> finding.violations() == 0);
        if (!json) {
            out.println(clean ? "audit clean" : "AUDIT FAILED");
        }
        out.flush();
        return clean ? 0 : 1;
    }

    private static DatabaseAccess outside() {
        return new DatabaseAccess(
                environment("NADI_DB_URL", ""),
                new DatabaseAccess.Credentials("", ""),
                new DatabaseAccess.Credentials("", ""),
                new DatabaseAccess.Credentials(
                        environment("NADI_DB_PLATFORM_USER", "nadi_platform"),
                        environment("NADI_DB_PLATFORM_PASSWORD", "")));
    }

    private static String environment(String name, String fallback) {
        String value = System.getenv(name);
        return value == null ? fallback : value;
    }
}
