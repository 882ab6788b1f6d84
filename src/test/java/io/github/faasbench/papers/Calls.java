package io.github.faasbench.papers;

import io.github.faasbench.cli.Simulated;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RecordSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/** The calls of one run of a paper's experiment. */
final class Calls {

  private final Map<String, List<Invocation>> byCell = new HashMap<>();

  /** Runs an experiment with another seed, and with overrides as of {@code --set}. */
  static Calls run(Simulated simulated, String experiment, long seed, String... overrides) {
    var calls = new Calls();
    try {
      String file = Files.readString(Path.of("experiments/papers/" + experiment + ".yaml"));
      String[] all = Arrays.copyOf(overrides, overrides.length + 1);
      all[overrides.length] = "seed=" + seed;
      simulated.run(file, calls.new Sink(), all);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return calls;
  }

  private final class Sink implements RecordSink {
    @Override
    public void accept(Invocation row) {
      byCell.computeIfAbsent(row.policy() + " " + row.workload(), c -> new ArrayList<>()).add(row);
    }

    @Override
    public void close() {}
  }

  /** The calls of the one cell whose policy and workload begin so. */
  List<Invocation> of(String policy, String workload) {
    List<String> cells =
        byCell.keySet().stream()
            .filter(cell -> cell.startsWith(policy) && cell.contains(" " + workload))
            .toList();
    if (cells.size() != 1) {
      throw new IllegalArgumentException(policy + " " + workload + " are " + cells);
    }
    return byCell.get(cells.get(0));
  }

  double mean(String policy, String workload) {
    return of(policy, workload).stream()
        .mapToDouble(Invocation::latencySeconds)
        .average()
        .orElseThrow();
  }

  double mean(String policy) {
    return mean(policy, "");
  }

  /** The share of a policy's calls that ran on the node that had most of them. */
  double topShare(String policy, String workload) {
    return topShare(of(policy, workload));
  }

  private static double topShare(List<Invocation> calls) {
    return (double) nodes(calls).values().stream().mapToLong(n -> n).max().orElseThrow()
        / calls.size();
  }

  /** The share of calls that ran where their function's other calls mostly ran. */
  double homeShare(String policy) {
    Map<String, List<Invocation>> functions =
        of(policy, "").stream().collect(Collectors.groupingBy(Invocation::function));
    return functions.values().stream().mapToDouble(Calls::topShare).average().orElseThrow();
  }

  private static Map<String, Long> nodes(List<Invocation> calls) {
    return calls.stream().collect(Collectors.groupingBy(Invocation::node, Collectors.counting()));
  }

  /**
   * The most calls that a node ever got, the one just given to it among them, beyond what a bound
   * on its load allows: {@code bound} times the average over the nodes, rounded up.
   */
  double mostBeyond(String policy, double bound, int nodes) {
    List<Invocation> calls = new ArrayList<>(of(policy, ""));
    calls.sort(Comparator.comparing(Invocation::arrivedAt));
    PriorityQueue<Instant> ends = new PriorityQueue<>();
    double most = Double.NEGATIVE_INFINITY;
    for (Invocation call : calls) {
      while (!ends.isEmpty() && !ends.peek().isAfter(call.arrivedAt())) {
        ends.poll();
      }
      double allowed = Math.ceil(bound * (ends.size() + 1) / nodes);
      most = Math.max(most, call.inFlight() + 1 - allowed);
      // A row's latency is a whole microsecond: the call ended then or half of one later.
      long nanos = Math.round(call.latencySeconds() * 1e9) + 500;
      ends.add(call.arrivedAt().plus(Duration.ofNanos(nanos)));
    }
    return most;
  }
}
