package io.github.faasbench.papers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.faasbench.cli.Simulated;
import io.github.faasbench.metrics.ContainerLife;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RecordSink;
import io.github.faasbench.random.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Published claims on keeping containers, on a day of a real trace. The trace is one: intervals are
 * of other hundred functions of the same kind, by drawing functions anew (bootstrap, 95 %).
 */
@EnabledIfEnvironmentVariable(
    named = "FAASBENCH_TRACES",
    matches = ".+",
    disabledReason = "FAASBENCH_TRACES does not say where the sample traces are")
class TracePapersTest {

  private static final int DRAWS = 1000;

  /** What one function's calls came to. */
  private static final class Sum {
    int calls;
    int cold;
    int warm;
    double startSeconds;
    double idleMebibyteSeconds;
  }

  private static final class Sums implements RecordSink {
    final Map<String, Map<String, Sum>> byPolicy = new HashMap<>();

    Sum of(String keepAlive, String function) {
      return byPolicy
          .computeIfAbsent(name(keepAlive), k -> new TreeMap<>())
          .computeIfAbsent(function, f -> new Sum());
    }

    private static String name(String keepAlive) {
      return keepAlive.startsWith("fixed")
          ? "fixed " + keepAlive.replaceAll(".*ttl=|\\)", "")
          : keepAlive.replaceAll("\\(.*", "");
    }

    @Override
    public void accept(Invocation call) {
      Sum sum = of(call.keepAlive(), call.function());
      sum.calls++;
      sum.cold += call.mode().equals("cold") && call.outcome() == Invocation.Outcome.OK ? 1 : 0;
      sum.warm += call.mode().equals("warmed") && call.outcome() == Invocation.Outcome.OK ? 1 : 0;
      sum.startSeconds += Double.isNaN(call.startSeconds()) ? 0 : call.startSeconds();
    }

    @Override
    public void ended(ContainerLife life) {
      of(life.cell().keepAlive(), life.function()).idleMebibyteSeconds +=
          life.idleMebibyteSeconds();
    }

    @Override
    public void close() {}

    double sum(String policy, ToDoubleFunction<Sum> figure) {
      return byPolicy.get(policy).values().stream().mapToDouble(figure).sum();
    }

    /** One policy's sum by another's, and its interval. */
    double[] ratio(String policy, String by, ToDoubleFunction<Sum> figure) {
      List<String> functions = new ArrayList<>(byPolicy.get(policy).keySet());
      var random = new Stream(1);
      double[] drawn = new double[DRAWS];
      for (int i = 0; i < DRAWS; i++) {
        double above = 0;
        double below = 0;
        for (int j = 0; j < functions.size(); j++) {
          String function = functions.get(random.nextInt(functions.size()));
          above += figure.applyAsDouble(byPolicy.get(policy).get(function));
          below += figure.applyAsDouble(byPolicy.get(by).get(function));
        }
        drawn[i] = above / below;
      }
      Arrays.sort(drawn);
      double[] ratio = {
        sum(policy, figure) / sum(by, figure), drawn[DRAWS / 40], drawn[DRAWS - 1 - DRAWS / 40]
      };
      System.out.printf(
          Locale.ROOT, "%s by %s: %.3f, %.3f to %.3f%n", policy, by, ratio[0], ratio[1], ratio[2]);
      return ratio;
    }
  }

  private static Sums run(String name) throws IOException {
    String text = Files.readString(Path.of("experiments/papers/azure/" + name + ".yaml"));
    var sums = new Sums();
    Simulated.REAL.run(
        text.replace("azure2019_", System.getenv("FAASBENCH_TRACES") + "/azure2019_"), sums);
    return sums;
  }

  /** Counts of FaasCache's own simulator (policies.md O-25), which evicts and ties otherwise. */
  @Test
  void greedyDualLosesLeastTimeToStartsThoughItHasMoreOfThem() throws IOException {
    Sums seen = run("greedy-dual");
    assertThat(seen.sum("fixed 10m", s -> s.warm)).isCloseTo(85_262, withinPercentage(10));
    assertThat(seen.sum("lru", s -> s.warm)).isCloseTo(85_354, withinPercentage(10));
    assertThat(seen.sum("greedy-dual", s -> s.warm)).isCloseTo(83_216, withinPercentage(10));
    assertThat(seen.ratio("greedy-dual", "lru", s -> s.cold)[0]).isBetween(2.0, 5.0);
    assertThat(seen.ratio("greedy-dual", "lru", s -> s.startSeconds)[0]).isLessThan(1);
    assertThat(seen.ratio("greedy-dual", "fixed 10m", s -> s.startSeconds)[0]).isLessThan(0.9);
  }

  @Test
  void theHistogramHasFarFewerColdStartsThanTenMinutesForALittleMoreMemory() throws IOException {
    Sums seen = run("hybrid-histogram");
    double[] cold = seen.ratio("hybrid-histogram", "fixed 10m", s -> s.cold);
    assertThat(cold[0]).as("2.5 times fewer").isBetween(0.2, 0.5);
    assertThat(cold[2]).as("and surely fewer").isLessThan(0.75);
    double[] memory = seen.ratio("hybrid-histogram", "fixed 10m", s -> s.idleMebibyteSeconds);
    assertThat(memory[0]).as("about the same memory").isBetween(0.8, 1.4);
  }
}
