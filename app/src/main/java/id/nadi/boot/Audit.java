package id.nadi.boot;

import com.zaxxer.hikari.HikariDataSource;
import id.nadi.Nadi;
import id.nadi.database.DataDirectory;
import id.nadi.database.DatabaseAccess;
import id.nadi.database.Databases;
import id.nadi.database.EmbeddedDatabase;
import id.nadi.ledger.BooksAudit;
import id.nadi.ledger.BooksAudit.Finding;
import id.nadi.ledger.ContributesInvariants;
import id.nadi.tenancy.PlatformDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code nadi audit}: the invariants of the books, counted; beside a running installation or over a stopped one. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = {
            "Checks every invariant of the books and prints how often it does not hold; exit code 1 if any does not.",
            "Works while demo or serve run on the same folder, over a folder that nobody uses, and with NADI_DB_URL."
        })
final class Audit implements Callable<Integer> {

    @Option(names = "--json", description = "Print one JSON object for each invariant.")
    private boolean json;

    @Mixin
    private final DataOption data = new DataOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls the command
    private CommandSpec spec;

    /** The audit, the invariants that modules contribute, and nothing else: no migration, no worker, no job. */
    @ComponentScan(
            basePackageClasses = Nadi.class,
            useDefaultFilters = false,
            includeFilters = @ComponentScan.Filter(type = FilterType.ANNOTATION, classes = ContributesInvariants.class))
    @Import(BooksAudit.class)
    static class AuditAlone {}

    @Override
    public Integer call() throws IOException {
        List<Finding> findings = RunningServer.hasOutsideDatabase() ? ofOutside() : ofFolder(data.directory());
        print(findings);
        return findings.stream().allMatch(finding -> finding.violations() == 0) ? 0 : 1;
    }

    private static List<Finding> ofOutside() {
        return run(Foundation.outside(RunningServer.installation().db()));
    }

    private static List<Finding> ofFolder(Path directory) throws IOException {
        Optional<DatabaseAccess> running = EmbeddedDatabase.running(directory);
        if (running.isPresent()) {
            return run(running.get());
        }
        if (!Files.exists(directory.resolve("postgres"))) {
            throw new CannotStartException("there is no database in " + directory.toAbsolutePath());
        }
        try (DataDirectory owned = RunningServer.own(directory);
                EmbeddedDatabase database = EmbeddedDatabase.start(owned.path())) {
            return run(database.access());
        }
    }

    private static List<Finding> run(DatabaseAccess access) {
        try (HikariDataSource pool = Databases.pool(access, access.platform(), "audit", 1);
                ConfigurableApplicationContext context = new SpringApplicationBuilder(AuditAlone.class)
                        .web(WebApplicationType.NONE)
                        .logStartupInfo(false)
                        .initializers(starting -> ((GenericApplicationContext) starting)
                                .registerBean(PlatformDatabase.class, () -> new PlatformDatabase(pool)))
                        .run()) {
            return context.getBean(BooksAudit.class).run();
        }
    }

    private void print(List<Finding> findings) {
        PrintWriter out = spec.commandLine().getOut();
        JsonMapper mapper = JsonMapper.builder().build();
        for (Finding finding : findings) {
            out.println(
                    json
                            ? mapper.writeValueAsString(finding)
                            : String.format(Locale.ROOT, "%8d  %s", finding.violations(), finding.invariant()));
        }
        if (!json) {
            long broken = findings.stream()
                    .filter(finding -> finding.violations() > 0)
                    .count();
            out.println(
                    broken == 0
                            ? "The books are clean: " + findings.size() + " invariants hold."
                            : broken + " of " + findings.size() + " invariants do not hold.");
        }
        out.flush();
    }
}
