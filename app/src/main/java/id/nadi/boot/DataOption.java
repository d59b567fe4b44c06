package id.nadi.boot;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where an installation keeps its data; the same for every command. */
final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:NADI_DATA_DIR:-data}",
            description = "The folder of the embedded database and the secret key. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // picocli always sets it
    private Path directory;

    Path directory() {
        return directory;
    }
}
