package io.github.faasbench.analysis;

import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts one group's calls as they come; keeps their latencies, not the records. */
final class GroupTally {

  /** One repetition of one cell: calls of different windows lie apart in time. */
  private record Window(String run, String cell, int repetition, String function) {}

  private static final class Span {
    Instant firstArrival = Instant.MAX;
    Instant lastEnd = Instant.MIN;
  }

  private final GroupKey key;
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private final double[] phaseSums = new double[Phase.values().length];
  private final SortedMap<String, Long> nodes = new TreeMap<>(NaturalOrder.INSTANCE);
  private final SortedMap<String, Long> modes = new TreeMap<>();
  private final Map<Window, Span> spans = new HashMap<>();
  private double[] latencies = new double[64];
  private int okCalls;
  private long calls;
  private long coldInNameOnly;
  private long phaseFailures;

  GroupTally(GroupKey key) {
    this.key = key;
    Arrays.fill(phaseSums, Double.NaN);
  }

  void add(Invocation row) {
    calls++;
    outcomes.merge(row.outcome(), 1L, Long::sum);
    if (!row.node().isEmpty()) {
      nodes.merge(row.node(), 1L, Long::sum);
    }
    if (!row.mode().isEmpty()) {
      modes.merge(row.mode(), 1L, Long::sum);
    }
    coldInNameOnly += row.coldInNameOnly() ? 1 : 0;
    stretch(row);
    if (row.outcome() == Outcome.OK && !Double.isNaN(row.latencySeconds())) {
      addOk(row);
    }
  }

  private void addOk(Invocation row) {
    if (okCalls == latencies.length) {
      latencies = Arrays.copyOf(latencies, 2 * okCalls);
    }
    latencies[okCalls++] = row.latencySeconds();
    phaseFailures += row.phasesFail() ? 1 : 0;
    for (Phase phase : Phase.values()) {
      double seconds = phase.of(row);
      if (!Double.isNaN(seconds)) {
        double sum = phaseSums[phase.ordinal()];
        phaseSums[phase.ordinal()] = (Double.isNaN(sum) ? 0 : sum) + seconds;
      }
    }
  }

  private void stretch(Invocation row) {
    Span span =
        spans.computeIfAbsent(
            new Window(row.run(), row.cell(), row.repetition(), row.function()), w -> new Span());
    Instant arrival = row.arrivedAt();
    double latency = Double.isNaN(row.latencySeconds()) ? 0 : row.latencySeconds();
    Instant end = arrival.plusNanos(Math.round(latency * 1e9));
    span.firstArrival = arrival.isBefore(span.firstArrival) ? arrival : span.firstArrival;
    span.lastEnd = end.isAfter(span.lastEnd) ? end : span.lastEnd;
  }

  GroupSummary summary(Set<String> nodesOfRun) {
    nodesOfRun.forEach(node -> nodes.putIfAbsent(node, 0L));
    Map<Phase, Double> phaseMeans = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      phaseMeans.put(phase, phaseSums[phase.ordinal()] / okCalls);
    }
    return new GroupSummary(
        key,
        calls,
        Collections.unmodifiableMap(new EnumMap<>(outcomes)),
        Distribution.of(Arrays.copyOf(latencies, okCalls)),
        Double.NaN,
        Collections.unmodifiableMap(phaseMeans),
        Collections.unmodifiableSortedMap(new TreeMap<>(nodes)),
        jainIndex(),
        Collections.unmodifiableSortedMap(new TreeMap<>(modes)),
        coldShare(),
        coldInNameOnly,
        phaseFailures,
        throughputPerSecond());
  }

  private double jainIndex() {
    double sum = 0;
    double squares = 0;
    for (long count : nodes.values()) {
      sum += count;
      squares += (double) count * count;
    }
    return sum == 0 ? Double.NaN : sum * sum / (nodes.size() * squares);
  }

  private double coldShare() {
    long known = modes.values().stream().mapToLong(Long::longValue).sum();
    return known == 0 ? Double.NaN : (double) modes.getOrDefault("cold", 0L) / known;
  }

  private double throughputPerSecond() {
    double seconds =
        spans.values().stream()
            .mapToDouble(s -> Duration.between(s.firstArrival, s.lastEnd).toNanos() / 1e9)
            .sum();
    return seconds > 0 ? outcomes.getOrDefault(Outcome.OK, 0L) / seconds : Double.NaN;
  }
}
