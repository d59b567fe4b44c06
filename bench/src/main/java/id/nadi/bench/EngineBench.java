package id.nadi.bench;

import id.nadi.bench.Bench.NoFigureException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./nadi bench engine}: settled purchases per second in process, beside TPC-B on the same PostgreSQL. */
@Command(
        name = "engine",
        mixinStandardHelpOptions = true,
        description = {
            "Settled purchases per second in process, with every durable write of a real order, beside TPC-B on the same"
                    + " PostgreSQL. 10,000 wallets; 1 %% of the purchases are repeated, 5 %% of the wallets are poor, 3 %%"
                    + " of the orders fail at the supplier.",
            "Every run stands between two TPC-B runs (scale 50, the better of 8 and 16 clients) and is followed by the"
                    + " audit of the books. Runs during which the machine's host took more than 2 %% of the processors"
                    + " are thrown away and counted.",
            "Takes about a minute to prepare, then about 5 times --seconds for each round and number of tenants: some 15"
                    + " minutes as it stands. Needs 3 GB of disk."
        })
final class EngineBench implements Callable<Integer> {
    private static final int SCALE = 50;
    private static final int IN_HAND_PER_TENANT = 20;
    private static final int WALLETS = 10_000;
    private static final double STOLEN_MAX = 0.02;
    private static final int STARTS = 3;

    /** Until the compiler of the Java machine has come to rest: on two cores it takes a third of them at first. */
    private static final Duration COMPILED_AFTER = Duration.ofSeconds(20);

    /** Until every buyer has been met and connections have their plans. */
    private static final Duration WARM_UP = Duration.ofSeconds(3);

    @Option(names = "--json", description = "Print one JSON object for each row.")
    private boolean json;

    @Option(names = "--rounds", defaultValue = "5", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            paramLabel = "N",
            description = "How long each measurement takes. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--tenants",
            defaultValue = "1,10,500",
            split = ",",
            paramLabel = "N",
            description = "Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls the command
    private List<Integer> tenants;

    @Option(
            names = "--outstanding",
            defaultValue = "2048",
            paramLabel = "N",
            description = "Purchases in hand at once in the closed loop, at the least; 20 for each tenant."
                    + " Default: ${DEFAULT-VALUE}.")
    private int outstanding;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where to keep the data; without it they are made anew and removed.")
    private @Nullable Path data;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** What one configuration came to in the runs that counted. */
    private static final class Figures {
        private final List<Double> ratio = new ArrayList<>();
        private final List<Double> settled = new ArrayList<>();
        private final List<Double> tpcB = new ArrayList<>();
        private final List<Double> walPerOrder = new ArrayList<>();
        private final Map<String, List<Double>> latencies = new LinkedHashMap<>();
    }

    private record Contest(int tenants, Market market, Purchases purchases, Figures figures) {}

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        if (rounds < 1 || seconds < 2 || outstanding < 1 || tenants.stream().anyMatch(count -> count < 1)) {
            throw new ParameterException(spec.commandLine(), "rounds and tenants are at least 1, seconds at least 2");
        }
        Path chosen = data;
        Path directory = chosen == null ? Files.createTempDirectory("nadi-bench-") : chosen;
        try {
            List<Row> rows = measure(directory);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                rows.forEach(row -> out.println(row.json()));
            } else {
                out.print(Table.of(rows));
            }
            out.flush();
            return 0;
        } finally {
            if (chosen == null) {
                FileSystemUtils.deleteRecursively(directory);
            }
        }
    }

    private List<Row> measure(Path directory) throws IOException, SQLException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        try (RunningProduct product = RunningProduct.start(directory)) {
            TpcB yardstick = product.yardstick();
            say("%s, scale %d", yardstick.describe(), SCALE);
            yardstick.prepare(SCALE);
            Map<Integer, Contest> contests = new LinkedHashMap<>();
            for (int count : tenants) {
                contests.put(count, open(product, count));
            }
            product.analyse();
            for (Contest contest : contests.values()) {
                loop(product, contest).run(WARM_UP);
            }
            product.analyse();
            for (Contest contest : contests.values()) {
                loop(product, contest).run(COMPILED_AFTER.dividedBy(contests.size()));
            }
            int thrownAway = 0;
            for (int round = 1; round <= rounds; round++) {
                for (Contest contest : contests.values()) {
                    if (!pair(product, yardstick, contest, round)) {
                        thrownAway++;
                    }
                }
            }
            say("%d runs thrown away for stolen processor time", thrownAway);
            contests.forEach((count, contest) -> rows.addAll(rows(count, contest.figures)));
            ResidentMemory.ofThisProcess()
                    .ifPresent(megabytes -> rows.add(Row.plain("engine.memory", "MB", List.of(megabytes))));
        }
        rows.add(Row.against("start", "s", 8.0, 3.0, starts(directory)));
        return rows;
    }

    private static Contest open(RunningProduct product, int tenants) {
        say("opening %d tenants with %d wallets", tenants, WALLETS);
        Market market = Market.open(product.context(), tenants, WALLETS);
        return new Contest(tenants, market, new Purchases(product.orders(), market), new Figures());
    }

    /** With many tenants each has to have some in hand, or no group has more than one order. */
    private ClosedLoop loop(RunningProduct product, Contest contest) {
        int inHand = Math.max(outstanding, contest.tenants * IN_HAND_PER_TENANT);
        return new ClosedLoop(contest.purchases, product.endings(), inHand);
    }

    /** TPC-B, the engine, TPC-B again; false if the machine was not ours meanwhile. */
    private boolean pair(RunningProduct product, TpcB yardstick, Contest contest, int round)
            throws IOException, SQLException, InterruptedException {
        Duration time = Duration.ofSeconds(seconds);
        StolenTime stolen = new StolenTime();
        double before = yardstick.best(time);
        ClosedLoop closed = loop(product, contest);
        closed.run(WARM_UP.dividedBy(3));
        long wal = product.walBytes();
        long started = System.nanoTime();
        double settled = closed.run(time);
        double walPerOrder = (product.walBytes() - wal) / (settled * (System.nanoTime() - started) / 1e9);
        OpenLoop.Latencies latencies =
                new OpenLoop(contest.purchases, product.endings()).run(settled / 4, time.dividedBy(2));
        double after = yardstick.best(time);
        product.requireCleanBooks();
        double tpcB = (before + after) / 2;
        say(
                "round %d, %s: %,.0f settled/s, TPC-B %,.0f and %,.0f, %.2f ×",
                round, contest.market.name(), settled, before, after, settled / tpcB);
        if (stolen.share() > STOLEN_MAX) {
            return false;
        }
        Figures figures = contest.figures;
        figures.ratio.add(settled / tpcB);
        figures.settled.add(settled);
        figures.tpcB.add(tpcB);
        figures.walPerOrder.add(walPerOrder);
        for (double share : List.of(0.5, 0.99)) {
            String name = share == 0.5 ? "p50" : "p99";
            figures.latencies
                    .computeIfAbsent("place-" + name, any -> new ArrayList<>())
                    .add(Samples.quantile(latencies.placed(), share));
            figures.latencies
                    .computeIfAbsent("settle-" + name, any -> new ArrayList<>())
                    .add(Samples.quantile(latencies.settled(), share));
        }
        return true;
    }

    private static List<Row> rows(int tenants, Figures figures) {
        if (figures.ratio.isEmpty()) {
            throw new NoFigureException(
                    "every run with " + tenants + " tenants was thrown away; try a quieter machine");
        }
        String name = tenants == 10 ? "engine" : "engine-" + tenants;
        Double must = tenants == 500 ? Double.valueOf(0.8) : tenants == 1 || tenants == 10 ? (Double) 2.5 : null;
        Double goal = tenants == 500 ? Double.valueOf(2.5) : tenants == 1 || tenants == 10 ? (Double) 5.0 : null;
        List<Row> rows = new ArrayList<>();
        rows.add(Row.against(name, "× TPC-B", must, goal, figures.ratio).withBaseline(Samples.median(figures.tpcB)));
        rows.add(Row.plain(name + ".settled", "orders/s", figures.settled));
        rows.add(Row.plain(name + ".tpcb", "transactions/s", figures.tpcB));
        figures.latencies.forEach((which, samples) -> rows.add(Row.plain(name + "." + which, "ms", samples)));
        rows.add(Row.plain(name + ".wal", "bytes/order", figures.walPerOrder));
        return rows;
    }

    private static List<Double> starts(Path directory) throws IOException, InterruptedException {
        List<Double> starts = new ArrayList<>();
        for (int start = 0; start < STARTS; start++) {
            starts.add(StartUp.measure(directory));
        }
        return starts;
    }

    /** Progress goes where it does not mix with the rows. */
    private static void say(String line, Object... values) {
        System.err.println(String.format(Locale.ROOT, line, values));
    }
}
