package id.nadi.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One figure of a bench.
 *
 * @param value the median of the samples
 * @param must what it has to reach, where something is asked of it
 * @param goal what it ought to reach
 * @param baseline the yardstick's own figure, where there is one
 * @param samples one for each run that counted
 */
record Row(
        String name,
        double value,
        String unit,
        @Nullable Double must,
        @Nullable Double goal,
        @Nullable Double baseline,
        List<Double> samples) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A figure without a yardstick and without anything that is asked of it. */
    static Row plain(String name, String unit, List<Double> samples) {
        return new Row(name, Samples.median(samples), unit, null, null, null, rounded(samples));
    }

    static Row against(String name, String unit, @Nullable Double must, @Nullable Double goal, List<Double> samples) {
        return new Row(name, Samples.median(samples), unit, must, goal, null, rounded(samples));
    }

    Row {
        value = Samples.rounded(value);
    }

    Row withBaseline(double yardstick) {
        return new Row(name, value, unit, must, goal, Samples.rounded(yardstick), samples);
    }

    private static List<Double> rounded(List<Double> samples) {
        return samples.stream().map(Samples::rounded).toList();
    }

    String json() {
        return JSON.writeValueAsString(this);
    }
}
