package io.github.faasbench.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

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

  private static final List<Measure> ALL = all();

  /** All there are, in the order in which they are listed. */
  public static List<Measure> values() {
    return ALL;
  }

  /** The measure of that name. */
  public static Optional<Measure> named(String name) {
    return ALL.stream().filter(measure -> measure.name().equals(name)).findFirst();
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
    all.add(
        new Measure("failed", Quantity.SHARE, group -> (double) group.failed() / group.calls()));
    all.add(new Measure("cold_share", Quantity.SHARE, GroupSummary::coldShare));
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
