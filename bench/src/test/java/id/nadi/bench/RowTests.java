package id.nadi.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RowTests {
    @Test
    void writesOneObjectOnOneLine() {
        Row row = Row.against("engine", "× TPC-B", 2.5, 5.0, List.of(2.0, 4.0, 3.0))
                .withBaseline(6200);
        assertThat(row.json())
                .isEqualTo("{\"name\":\"engine\",\"value\":3.0,\"unit\":\"× TPC-B\",\"must\":2.5,\"goal\":5.0,"
                        + "\"baseline\":6200.0,\"samples\":[2.0,4.0,3.0]}");
    }

    @Test
    void leavesOpenWhatIsNotAsked() {
        assertThat(Row.plain("wal", "bytes/order", List.of(2871.44)).json())
                .isEqualTo("{\"name\":\"wal\",\"value\":2871.0,\"unit\":\"bytes/order\",\"must\":null,\"goal\":null,"
                        + "\"baseline\":null,\"samples\":[2871.0]}");
    }

    @Test
    void takesTheMiddleAndTheTail() {
        assertThat(Samples.median(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(2.5);
        assertThat(Samples.quantile(List.of(1.0, 2.0, 3.0, 4.0), 0.5)).isEqualTo(2.0);
        assertThat(Samples.quantile(List.of(1.0, 2.0, 3.0, 4.0), 0.99)).isEqualTo(4.0);
        assertThat(Samples.rounded(0.123456)).isEqualTo(0.1235);
        assertThat(Samples.rounded(-12345.6)).isEqualTo(-12350);
    }

    @Test
    void refusesWrongUsage() {
        CommandLine line = Bench.commandLine().setErr(new PrintWriter(new StringWriter()));
        assertThat(line.execute()).isEqualTo(2);
        assertThat(line.execute("engine", "--rounds", "0")).isEqualTo(2);
        assertThat(line.execute("engine", "--tenants", "many")).isEqualTo(2);
    }
}
