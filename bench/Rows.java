import io.github.faasbench.analysis.SummarySink;
import io.github.faasbench.metrics.CsvSink;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RecordSink;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How many rows a second the sinks take, on one core: the summary, and the CSV in blocks. Median of
 * the thread's processor time of seven rounds after two that warm the virtual machine up. Run it on the built jar:
 *
 * <pre>java -XX:+UseSerialGC -cp target/faasbench.jar bench/Rows.java</pre>
 */
public final class Rows {

  private static final int ROWS = 500_000;

  /** What the machine does besides doesn't count. */
  private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

  public static void main(String[] args) throws Exception {
    Invocation[] rows = new Invocation[4096];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = row(i);
    }
    measure("summary", rows, new SummarySink());
    Path folder = Files.createTempDirectory("faasbench-rows");
    try (CsvSink csv = CsvSink.open(folder.resolve("metrics.csv"), false)) {
      measure("csv", rows, csv);
    }
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private static void measure(String name, Invocation[] rows, RecordSink sink) throws Exception {
    double[] seconds = new double[7];
    for (int round = -2; round < seconds.length; round++) {
      long start = CLOCK.getCurrentThreadCpuTime();
      for (int i = 0; i < ROWS; i++) {
        sink.accept(rows[i & rows.length - 1]);
      }
      if (round >= 0) {
        seconds[round] = (CLOCK.getCurrentThreadCpuTime() - start) / 1e9;
      }
    }
    Arrays.sort(seconds);
    System.out.printf(
        "%-8s %,.0f rows/s, %.0f ns a row%n",
        name, ROWS / seconds[3], seconds[3] / ROWS * 1e9);
  }

  /** As the simulated cluster gives them: latencies in whole nanoseconds, four nodes. */
  private static Invocation row(int i) {
    double exec = (i * 7919L % 3_000_017) / 1e6;
    double queue = i % 3 == 0 ? 0.25 : 0;
    double none = 0;
    return new Invocation(
        "quickstart", "0123456789ab", "c01234567", 1, i + 1, "fibonacci-image-big-func-small",
        "localhost:5055/custom_python_heavy", "round-robin", "warmed", "none",
        "poisson(rate=5/s)", "sim", "warmed", "node_" + (i % 4 + 1), 1, Invocation.Outcome.OK, 0,
        "", 946_684_800_000_000_000L + i * 123_456_789L, exec + queue, none,
        queue, none, none, none, exec, none, -1, -1, none, 33.3333, 12.5, 0.25, i % 5);
  }
}
