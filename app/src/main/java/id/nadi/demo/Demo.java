package id.nadi.demo;

import id.nadi.database.PrivateFiles;
import id.nadi.demo.DemoFile.Partner;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/** The demonstration from its first tenant to its summary. */
@Component
@ConditionalOnBooleanProperty("nadi.demo")
public class Demo {
    /** Where the addresses and secrets stand, in the data folder; also the sign that a demo made that folder. */
    public static final String FILE = "demo.json";

    private final DemoSeed seed;
    private final DemoSales sales;

    Demo(DemoSeed seed, DemoSales sales) {
        this.seed = seed;
        this.sales = sales;
    }

    /** Seeds what is missing, sells, says where to look; answers whether everything ended as it should. */
    public boolean run(Path directory, SandboxProcess sandbox, URI baseUrl, PrintStream out)
            throws IOException, InterruptedException {
        out.println("Nadi demo: the product at " + baseUrl + ", the sandbox at " + sandbox.baseUrl());
        DemoFile file = DemoFile.open(directory);
        seed.seed(file, sandbox, baseUrl);
        writeEnvironment(directory, file);
        out.println();
        boolean asExpected = sales.sell(file, sandbox, baseUrl, out);
        out.println();
        out.println(asExpected ? "Everything ended as it should." : "NOT everything ended as it should.");
        out.println("Look at it:    " + baseUrl + "/");
        out.println("The API:       " + baseUrl + "/api/docs");
        out.println("The sandbox:   " + sandbox.baseUrl() + "/");
        out.println("Secrets:       " + directory.resolve(FILE));
        return asExpected;
    }

    /** For the page's ready-to-paste lines: a shell reads this, so that no secret stands on a page. */
    private static void writeEnvironment(Path directory, DemoFile file) throws IOException {
        Partner partner = file.shop(DemoSeed.ERAFLAZZ).resellers().getFirst();
        PrivateFiles.write(
                directory.resolve("demo.env"),
                "NADI_API_KEY=" + partner.apiKey() + "\nNADI_API_SECRET=" + partner.apiSecret() + "\n");
    }
}
