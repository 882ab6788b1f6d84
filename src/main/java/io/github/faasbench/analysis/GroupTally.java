package io.github.faasbench.analysis;

import io.github.faasbench.analysis.series.CallSeries;
import io.github.faasbench.analysis.series.Observations;
import io.github.faasbench.analysis.statistics.Means;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Counts one group's calls as they come, in memory that does not grow with them. */
final class GroupTally {

  /** One repetition of one cell: calls of different windows lie apart in time. */
  private record Window(String run, String cell, int repetition) {

    boolean holds(Invocation row) {
      return repetition == row.repetition() && cell.equals(row.cell()) && run.equals(row.run());
    }
  }

  private record Repetition(String run, int number) {}

  /** A window's calls, and when they arrived first and ended last, in nanoseconds since 1970. */
  private static final class Calls {
    final String order;
    final String workload;
    final CallSeries series = new CallSeries();
    long firstArrival = Long.MAX_VALUE;
    long lastEnd = Long.MIN_VALUE;

    Calls(Invocation row) {
      workload = row.workload();
      order =
          String.join("\n", workload, row.warming(), row.keepAlive(), row.policy(), row.function());
    }

    double seconds() {
      return lastEnd < firstArrival ? 0 : (lastEnd - firstArrival) / 1e9;
    }
  }

  private static final class Count {
    long calls;
  }

  private static final long SAMPLE_SEED = 0x5A3B1E;

  private static final Phase[] PHASES = Phase.values();

  private final GroupKey key;
  private final long[] outcomes = new long[Outcome.values().length];
  private final double[] phaseSums = new double[PHASES.length];
  private final boolean[] phaseSeen = new boolean[PHASES.length];
  private final Map<String, Count> nodes = new HashMap<>();
  private final Map<String, Count> modes = new HashMap<>();
  private final Map<Window, Calls> windows = new LinkedHashMap<>();
  private final Map<CallKind, Count> mix = new LinkedHashMap<>();
  private final Map<Repetition, SampleTally> samples = new LinkedHashMap<>();
  private final LatencyTally latencies = new LatencyTally();
  private final LagTally lags = new LagTally();
  private String lastMode;
  private Count lastModes;
  private Window window;
  private Calls own;
  private CallKind lastKind;
  private Count lastOfKind;
  private SampleTally sample;
  private boolean simulated = true;
  private long warmUp;
  private long loadReadings;
  private double loadAges;
  private long calls;
  private long coldInNameOnly;
  private long phaseFailures;
  private long retried;
  private long retriedOk;

  GroupTally(GroupKey key) {
    this.key = key;
  }

  /** Counts a call that figures are not of. */
  void addWarmUp() {
    warmUp++;
  }

  /** Counts a call; true when it is the first one on its node. */
  boolean add(Invocation row) {
    calls++;
    simulated &= row.backend().equals("sim");
    kind(row).calls++;
    outcomes[row.outcome().ordinal()]++;
    boolean newNode = !row.node().isEmpty() && count(nodes, row.node()) == 1;
    if (lastMode != null && row.mode() == lastMode) {
      lastModes.calls++;
    } else if (!row.mode().isEmpty()) {
      count(modes, row.mode());
      lastMode = row.mode();
      lastModes = modes.get(lastMode);
    }
    if (row.attempts() > 1) {
      retried++;
      retriedOk += row.outcome() == Outcome.OK ? 1 : 0;
    }
    if (row.coldInNameOnly()) {
      coldInNameOnly++;
    }
    lags.add(row.lagSeconds());
    enterWindow(row);
    if (row.arrivedAtNanos() != Invocation.NO_TIME) {
      stretch(row);
    }
    if (!Double.isNaN(row.loadAgeSeconds())) {
      loadReadings++;
      loadAges += row.loadAgeSeconds();
    }
    double latency = row.outcome() == Outcome.OK ? row.latencySeconds() : Double.POSITIVE_INFINITY;
    if (!Double.isNaN(latency)) {
      boolean started = startedContainer(row.mode());
      sample.add(latency, row.execSeconds(), started);
      own.series.add(row.invocation(), latency, started);
    }
    if (Double.isFinite(latency)) {
      addOk(row);
    }
    return newNode;
  }

  private Count kind(Invocation row) {
    if (lastKind == null || !lastKind.holds(row)) {
      lastKind = CallKind.of(row);
      lastOfKind = mix.computeIfAbsent(lastKind, k -> new Count());
    }
    return lastOfKind;
  }

  /** A pre-warmed call finds the image, and has a container made of it. */
  static boolean startedContainer(String mode) {
    return mode.equals("cold") || mode.equals("pre-warmed");
  }

  private static long count(Map<String, Count> counts, String name) {
    Count count = counts.get(name);
    if (count == null) {
      count = new Count();
      counts.put(name, count);
    }
    return ++count.calls;
  }

  private void addOk(Invocation row) {
    latencies.add(row.latencySeconds());
    // Each by its name: a loop over the phases asks every one of them anew which it is.
    boolean measured =
        add(Phase.QUEUE, row.queueSeconds())
            | add(Phase.SELECT, row.selectSeconds())
            | add(Phase.PULL, row.pullSeconds())
            | add(Phase.START, row.startSeconds())
            | add(Phase.EXEC, row.execSeconds())
            | add(Phase.TRANSPORT, row.transportSeconds());
    // Another tool's call may have no phases at all, which then can't miss the latency.
    phaseFailures += measured && row.phasesFail() ? 1 : 0;
  }

  private boolean add(Phase phase, double seconds) {
    if (Double.isNaN(seconds)) {
      return false;
    }
    phaseSums[phase.ordinal()] += seconds;
    phaseSeen[phase.ordinal()] = true;
    return true;
  }

  private void enterWindow(Invocation row) {
    if (window == null || !window.holds(row)) {
      window = new Window(row.run(), row.cell(), row.repetition());
      own = windows.computeIfAbsent(window, w -> new Calls(row));
      sample =
          samples.computeIfAbsent(
              new Repetition(row.run(), row.repetition()), r -> new SampleTally(SAMPLE_SEED));
    }
  }

  private void stretch(Invocation row) {
    double latency = Double.isNaN(row.latencySeconds()) ? 0 : row.latencySeconds();
    long arrived = row.arrivedAtNanos();
    own.firstArrival = Math.min(own.firstArrival, arrived);
    own.lastEnd = Math.max(own.lastEnd, arrived + LatencyTally.nanos(latency));
  }

  double[] ranks(int most) {
    return latencies.ranks(most);
  }

  /**
   * @param nodesOfRun that it may have used
   * @param all whether they are counted where it did not, too
   * @param percents which percentiles are asked for
   */
  GroupSummary summary(Set<String> nodesOfRun, boolean all, List<Double> percents) {
    SortedMap<String, Long> callsOfNodes = new TreeMap<>(NaturalOrder.INSTANCE);
    if (all) {
      nodesOfRun.forEach(node -> callsOfNodes.put(node, 0L));
    }
    nodes.forEach((node, count) -> callsOfNodes.put(node, count.calls));
    SortedMap<String, Long> callsOfModes = new TreeMap<>();
    modes.forEach((mode, count) -> callsOfModes.put(mode, count.calls));
    Map<Outcome, Long> callsOfOutcomes = new EnumMap<>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      if (outcomes[outcome.ordinal()] > 0) {
        callsOfOutcomes.put(outcome, outcomes[outcome.ordinal()]);
      }
    }
    Map<Phase, Double> phaseMeans = new EnumMap<>(Phase.class);
    for (Phase phase : PHASES) {
      boolean seen = phaseSeen[phase.ordinal()];
      phaseMeans.put(phase, seen ? phaseSums[phase.ordinal()] / latencies.count() : Double.NaN);
    }
    return new GroupSummary(
        key,
        calls,
        Collections.unmodifiableMap(callsOfOutcomes),
        warmUp,
        latencies.distribution(calls - outcomes[Outcome.OK.ordinal()], percents),
        Improvement.NONE,
        Collections.unmodifiableMap(phaseMeans),
        Collections.unmodifiableSortedMap(callsOfNodes),
        jainIndex(callsOfNodes.values(), nodesOfRun),
        Collections.unmodifiableSortedMap(callsOfModes),
        share(callsOfModes, mode -> mode.equals("cold")),
        share(callsOfModes, GroupTally::startedContainer),
        coldInNameOnly,
        phaseFailures,
        retried,
        retriedOk,
        throughputPerSecond(),
        lags.p99(calls),
        loadReadings == 0 ? Double.NaN : loadAges / loadReadings,
        sample(),
        observations(),
        mixShares());
  }

  /** Parts in one order in all groups, so that those of one load stand at one place. */
  private Observations observations() {
    Map<Repetition, List<Calls>> byRepetition = new LinkedHashMap<>();
    windows.forEach(
        (at, own) ->
            byRepetition
                .computeIfAbsent(new Repetition(at.run, at.repetition), r -> new ArrayList<>())
                .add(own));
    List<Observations.Repetition> repetitions = new ArrayList<>();
    byRepetition.forEach(
        (at, parts) -> {
          parts.sort(Comparator.comparing(part -> part.order));
          repetitions.add(
              new Observations.Repetition(
                  at.run,
                  at.number,
                  parts.stream()
                      .filter(part -> part.series.calls() > 0)
                      .map(part -> new Observations.Part(part.workload, part.series))
                      .toList()));
        });
    repetitions.sort(Comparator.comparing(Observations.Repetition::number));
    // Of the names, which are the same wherever the summary is made.
    return new Observations(repetitions, simulated, key.values().hashCode());
  }

  private Map<CallKind, Double> mixShares() {
    Map<CallKind, Double> shares = new HashMap<>();
    mix.forEach((kind, count) -> shares.put(kind, (double) count.calls / calls));
    return Collections.unmodifiableMap(shares);
  }

  private Sample sample() {
    List<SampleTally> full = samples.values().stream().filter(one -> one.seen() > 0).toList();
    double[][] repetitions = full.stream().map(SampleTally::values).toArray(double[][]::new);
    double[][] services = full.stream().map(SampleTally::services).toArray(double[][]::new);
    double[][] started = full.stream().map(SampleTally::started).toArray(double[][]::new);
    return new Sample(repetitions, services, started);
  }

  /** Nodes that are not counted have no calls: the index falls with their number. */
  private double jainIndex(Collection<Long> callsOfNodes, Set<String> nodesOfRun) {
    double index = Means.jainIndex(callsOfNodes.stream().mapToDouble(Long::doubleValue).toArray());
    long unused = nodesOfRun.stream().filter(node -> !nodes.containsKey(node)).count();
    return index * callsOfNodes.size() / (nodes.size() + unused);
  }

  private static double share(Map<String, Long> callsOfModes, Predicate<String> wanted) {
    long known = 0;
    long found = 0;
    for (Map.Entry<String, Long> mode : callsOfModes.entrySet()) {
      known += mode.getValue();
      found += wanted.test(mode.getKey()) ? mode.getValue() : 0;
    }
    return known == 0 ? Double.NaN : (double) found / known;
  }

  private double throughputPerSecond() {
    double seconds = windows.values().stream().mapToDouble(Calls::seconds).sum();
    return seconds > 0 ? outcomes[Outcome.OK.ordinal()] / seconds : Double.NaN;
  }
}
