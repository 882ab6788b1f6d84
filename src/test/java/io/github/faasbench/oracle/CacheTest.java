package io.github.faasbench.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cli.Simulated;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RecordSink;
import io.github.faasbench.random.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * O-19: with memory for C containers of one size, calls drawn independently and no time taken,
 * keeping the least recently used is an LRU cache, whose hit ratio is known exactly (King 1971).
 */
class CacheTest {

  private static final int SEEDS = 20;
  private static final int CALLS = 10_000;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "10, 1, 3, .4706641900",
    "10, 1, 5, .6813640735",
    "10, .8, 3, .4078367867",
    "8, 1.2, 4, .7179553897"
  })
  void keepingTheLeastRecentlyUsedIsAnLruCache(
      int functions, double skew, int containers, double expected) throws IOException {
    double[] warm = new double[SEEDS];
    for (int seed = 0; seed < SEEDS; seed++) {
      warm[seed] = warmShare(functions, skew, containers, seed);
    }
    var check = new Check("warm", run -> 0, expected, 0, .01);
    assertThat(check.judge(warm, CALLS).holds()).as(check.judge(warm, CALLS).toString()).isTrue();
  }

  private double warmShare(int functions, double skew, int containers, int seed)
      throws IOException {
    double[] weights = new double[functions];
    double sum = 0;
    for (int i = 0; i < functions; i++) {
      weights[i] = 1 / Math.pow(i + 1, skew);
      sum += weights[i];
    }
    var random = new Stream(seed);
    var trace = new StringBuilder("function,arrival_s\n");
    for (int i = 0; i < CALLS; i++) {
      double drawn = random.nextDouble() * sum;
      int function = 0;
      while (function < functions - 1 && drawn >= weights[function]) {
        drawn -= weights[function++];
      }
      trace.append(String.format(Locale.ROOT, "f%d,%d%n", function, i));
    }
    Path file = Files.writeString(folder.resolve("trace.csv"), trace);
    var text = new StringBuilder("name: cache\nbackend: sim\nfunctions:\n");
    for (int i = 0; i < functions; i++) {
      text.append("  - {name: f" + i + ", model: {exec: 0s, memory: 100MiB}}\n");
    }
    text.append("nodes: {count: 1, cpu: 1, memory: " + 100 * containers + "MiB}\n")
        .append("policy: round-robin\nwarming: cold\nkeepAlive: lru\nramThreshold: 100\n")
        .append("workload: {trace: {format: simple, file: " + file + "}}\n");
    var modes = new WarmCalls();
    Simulated.REAL.run(text.toString(), modes);
    return modes.warm / (double) (CALLS - WarmCalls.UNCOUNTED);
  }

  /** Counts once the cache is full. */
  private static final class WarmCalls implements RecordSink {
    static final int UNCOUNTED = CALLS / 10;
    private int warm;

    @Override
    public void accept(Invocation call) {
      warm += call.invocation() > UNCOUNTED && call.mode().equals("warmed") ? 1 : 0;
    }

    @Override
    public void close() {}
  }
}
