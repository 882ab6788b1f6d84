package io.github.faasbench.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A figure of a cell that a threshold can check, by the name that the experiment file uses.
 *
 * @param name such as {@code latency.p95}
 * @param of its value: seconds, per second, or a share from 0 to 1; NaN: there is none
 */
public record Measure(String name, Quantity quantity, ToDoubleFunction<GroupSummary> of) {

  /** What it is, and so how it is shown. */
  public enum Quantity {
    DURATION,
    SHARE,
    RATE,
    NUMBER
  }

  private static final Pattern PERCENTILE =
      Pattern.compile("latency\\.p((?!0+(?:\\.0+)?$)\\d{1,2}(?:\\.\\d{1,4})?)");

  private static final List<Measure> ALL = all();

  /** All there are, in the order in which they are listed. */
  public static List<Measure> values() {
    return ALL;
  }

  /** The measure of that name. */
  public static Optional<Measure> named(String name) {
    return ALL.stream()
        .filter(measure -> measure.name().equals(name))
        .findFirst()
        .or(() -> percentile(name).map(percent -> ofPercentile(name, percent)));
  }

  /** The percentage of a measure such as {@code latency.p99.9}; empty: it is no such one. */
  public static Optional<Double> percentile(String name) {
    Matcher parts = PERCENTILE.matcher(name);
    return parts.matches() ? Optional.of(Double.valueOf(parts.group(1))) : Optional.empty();
  }

  private static Measure ofPercentile(String name, double percent) {
    return new Measure(
        name,
        Quantity.DURATION,
        group -> group.latency().percentiles().getOrDefault(percent, Double.NaN));
  }

  private static List<Measure> all() {
    List<Measure> all = new ArrayList<>();
    Map<String, ToDoubleFunction<Distribution>> latency = new LinkedHashMap<>();
    latency.put("mean", Distribution::mean);
    latency.put("sd", Distribution::standardDeviation);
    latency.put("min", Distribution::min);
    latency.put("median", Distribution::median);
    latency.put("p90", Distribution::p90);
    latency.put("p95", Distribution::p95);
    latency.put("p99", Distribution::p99);
    latency.put("max", Distribution::max);
    latency.forEach(
        (name, figure) ->
            all.add(
                new Measure(
                    "latency." + name,
                    Quantity.DURATION,
                    group -> figure.applyAsDouble(group.latency()))));
    for (Phase phase : Phase.values()) {
      all.add(
          new Measure(
              phase.text() + ".mean", Quantity.DURATION, group -> group.phaseMeans().get(phase)));
    }
    all.add(new Measure("lag.p99", Quantity.DURATION, GroupSummary::lagP99Seconds));
    all.add(new Measure("failed", Quantity.SHARE, GroupSummary::failedShare));
    all.add(new Measure("cold_share", Quantity.SHARE, GroupSummary::coldShare));
    all.add(new Measure("container_start_share", Quantity.SHARE, GroupSummary::startedShare));
    all.add(new Measure("throughput", Quantity.RATE, GroupSummary::throughputPerSecond));
    all.add(new Measure("slowdown.median", Quantity.NUMBER, group -> slowdown(group).median()));
    all.add(new Measure("slowdown.p99", Quantity.NUMBER, group -> slowdown(group).p99()));
    all.add(new Measure("jain", Quantity.NUMBER, GroupSummary::jainIndex));
    all.add(new Measure("calls", Quantity.NUMBER, GroupSummary::calls));
    return List.copyOf(all);
  }

  private static Distribution slowdown(GroupSummary group) {
    return group.sample().slowdown();
  }
}
