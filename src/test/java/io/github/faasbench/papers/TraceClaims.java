package io.github.faasbench.papers;

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
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Published claims on keeping containers, on a day of a real trace that {@code FAASBENCH_TRACES}
 * leads to. The trace is one: intervals are of other hundred functions of the same kind, by drawing
 * functions anew (bootstrap, 95 %).
 */
final class TraceClaims {

  /** All of them, by experiment. */
  static final List<TraceClaim> ALL =
      List.of(
          new TraceClaim(
              "greedy-dual", "lru", "time lost to starts", "less", 0, 1, s -> s.startSeconds),
          new TraceClaim(
              "greedy-dual",
              "fixed 10m",
              "time lost to starts",
              "less",
              0,
              0.9,
              s -> s.startSeconds),
          new TraceClaim(
              "greedy-dual", "lru", "cold starts", "-; its own simulator: 2.5", 2, 5, s -> s.cold),
          new TraceClaim(
              "hybrid-histogram",
              "fixed 10m",
              "cold starts",
              "0.4 at the 75th percentile of functions",
              0.2,
              0.5,
              s -> s.cold),
          new TraceClaim(
              "hybrid-histogram",
              "fixed 10m",
              "idle memory",
              "the same",
              0.8,
              1.4,
              s -> s.idleMebibyteSeconds));

  /**
   * A claim on one policy's figure by another's.
   *
   * @param experiment the file's name and the policy's
   * @param low the smallest ratio in which the claim's direction and rough size come out
   */
  record TraceClaim(
      String experiment,
      String by,
      String figure,
      String claimed,
      double low,
      double high,
      ToDoubleFunction<Sum> sum) {

    Ratio seen(Sums sums) {
      return sums.ratio(experiment, by, sum);
    }
  }

  /** A ratio with its 95 % interval. */
  record Ratio(double value, double low, double high) {}

  private TraceClaims() {}

  private static final int DRAWS = 1000;

  /** What one function's calls came to. */
  static final class Sum {
    int calls;
    int cold;
    int warm;
    double startSeconds;
    double idleMebibyteSeconds;
  }

  static final class Sums implements RecordSink {
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
    Ratio ratio(String policy, String by, ToDoubleFunction<Sum> figure) {
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
      return new Ratio(
          sum(policy, figure) / sum(by, figure), drawn[DRAWS / 40], drawn[DRAWS - 1 - DRAWS / 40]);
    }
  }

  static Sums run(String name) throws IOException {
    String text = Files.readString(Path.of("experiments/papers/azure/" + name + ".yaml"));
    var sums = new Sums();
    Simulated.REAL.run(
        text.replace("azure2019_", System.getenv("FAASBENCH_TRACES") + "/azure2019_"), sums);
    return sums;
  }
}
