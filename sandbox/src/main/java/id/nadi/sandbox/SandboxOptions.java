package id.nadi.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How a sandbox is to run.
 *
 * @param data the directory it owns while it runs
 * @param port 0 for any that is free
 * @param minRepoll how long the same reference may not be asked about again
 * @param priceListInterval how long the whole price list may not be asked for again
 * @param clock what it takes for now; settlements and callbacks wait by it from the moment they are planned
 */
public record SandboxOptions(
        Path data, String bind, int port, Duration minRepoll, Duration priceListInterval, InstantSource clock) {

    /** Loopback, any free port, the limits of the field, the clock of the machine. */
    public static SandboxOptions in(Path data) {
        return new SandboxOptions(
                data, "127.0.0.1", 0, Duration.ofMinutes(1), Duration.ofMinutes(5), InstantSource.system());
    }

    public SandboxOptions bind(String address) {
        return new SandboxOptions(data, address, port, minRepoll, priceListInterval, clock);
    }

    public SandboxOptions port(int number) {
        return new SandboxOptions(data, bind, number, minRepoll, priceListInterval, clock);
    }

    public SandboxOptions minRepoll(Duration interval) {
        return new SandboxOptions(data, bind, port, interval, priceListInterval, clock);
    }

    public SandboxOptions priceListInterval(Duration interval) {
        return new SandboxOptions(data, bind, port, minRepoll, interval, clock);
    }

    public SandboxOptions clock(InstantSource source) {
        return new SandboxOptions(data, bind, port, minRepoll, priceListInterval, source);
    }
}
