package id.nadi.bench;

import java.util.Arrays;
import java.util.List;

/** The few sums that the benches need. */
final class Samples {
    private Samples() {}

    static double median(List<Double> samples) {
        double[] sorted = sorted(samples);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The value below which that share of the samples lies. */
    static double quantile(List<Double> samples, double share) {
        double[] sorted = sorted(samples);
        return sorted[Math.min(sorted.length - 1, (int) Math.ceil(share * sorted.length) - 1)];
    }

    /** Four significant digits, so that tables can be read and nobody takes noise for precision. */
    static double rounded(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return value;
        }
        double unit = Math.pow(10, Math.floor(Math.log10(Math.abs(value))) - 3);
        return Math.round(value / unit) * unit > 1000
                ? Math.round(Math.round(value / unit) * unit)
                : Math.round(Math.round(value / unit) * unit * 10_000) / 10_000.0;
    }

    private static double[] sorted(List<Double> samples) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("no samples");
        }
        double[] sorted = samples.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
