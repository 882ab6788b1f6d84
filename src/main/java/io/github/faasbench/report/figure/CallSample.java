package io.github.faasbench.report.figure;

import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What the figures of a group need beyond its summary, in bounded memory: some calls chosen at
 * random (algorithm R: Vitter, ACM TOMS 11(1), 1985), how latency goes over time, and how many
 * calls were in flight on which node.
 */
public final class CallSample {

  /** A call that ended ok: seconds since its cell's first arrival (NaN: not known), its latency. */
  record Point(double atSeconds, double latencySeconds, String node) {}

  /** Of more nodes, those that came first. */
  static final int MOST_NODES = 256;

  /** A mean of few calls says nothing of the time: there are 15 to 30 of them. */
  private static final int SPANS_JOINED = 4;

  private static final long SEED = 20_260_124;

  private final int most;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final List<Point> points = new ArrayList<>();
  private final TimeBins latencySums = new TimeBins();
  private final TimeBins calls = new TimeBins();
  private final Map<String, TimeBins> busyByNode = new LinkedHashMap<>();
  private long seen;
  private String run;
  private String cell;
  private int repetition;

  /**
   * @param most how many calls are kept
   */
  public CallSample(int most) {
    this.most = most;
  }

  /**
   * @param atSeconds when it arrived, since the first arrival of its repetition; NaN: not known
   */
  public void add(Invocation row, double atSeconds) {
    if (Double.isNaN(row.latencySeconds())) {
      return;
    }
    if (row.outcome() == Outcome.OK) {
      keep(row, atSeconds);
      if (!Double.isNaN(atSeconds)) {
        latencySums.add(atSeconds, row.latencySeconds());
        calls.add(atSeconds, 1);
      }
    }
    if (!row.node().isEmpty() && !Double.isNaN(atSeconds) && isFirst(row)) {
      double queue = Double.isNaN(row.queueSeconds()) ? 0 : row.queueSeconds();
      TimeBins busy = busyByNode.get(row.node());
      if (busy == null && busyByNode.size() < MOST_NODES) {
        busy = new TimeBins();
        busyByNode.put(row.node(), busy);
      }
      if (busy != null) {
        busy.cover(atSeconds + queue, atSeconds + row.latencySeconds());
      }
    }
  }

  private void keep(Invocation row, double atSeconds) {
    seen++;
    long place = seen <= most ? points.size() : random.nextLong(seen);
    if (place < most) {
      Point point = new Point(atSeconds, row.latencySeconds(), row.node());
      if (place == points.size()) {
        points.add(point);
      } else {
        points.set((int) place, point);
      }
    }
  }

  /** Calls of several repetitions or cells in flight at the same time would be none. */
  private boolean isFirst(Invocation row) {
    if (run == null) {
      run = row.run();
      cell = row.cell();
      repetition = row.repetition();
    }
    return repetition == row.repetition() && cell.equals(row.cell()) && run.equals(row.run());
  }

  /** Whether calls were left out. */
  boolean isSampled() {
    return seen > most;
  }

  List<Point> points() {
    return points;
  }

  /** Whether the time of arrival is known. */
  boolean hasTimes() {
    return calls.sums().length > 0;
  }

  /** Of the spans that {@link #meanLatencies} has. */
  double spanSeconds() {
    return calls.widthSeconds() * SPANS_JOINED;
  }

  /** Of the calls that arrived in each span of time; NaN where none did. */
  double[] meanLatencies() {
    double[] sums = latencySums.sums();
    double[] counts = calls.sums();
    double[] means = new double[(counts.length + SPANS_JOINED - 1) / SPANS_JOINED];
    for (int i = 0; i < means.length; i++) {
      double sum = 0;
      double count = 0;
      for (int j = i * SPANS_JOINED; j < Math.min(counts.length, (i + 1) * SPANS_JOINED); j++) {
        sum += sums[j];
        count += counts[j];
      }
      means[i] = count == 0 ? Double.NaN : sum / count;
    }
    return means;
  }

  /** In the first repetition, by node, the busiest first. */
  Map<String, TimeBins> inFlight(int mostNodes) {
    double width = busyByNode.values().stream().mapToDouble(TimeBins::widthSeconds).max().orElse(0);
    busyByNode.values().forEach(bins -> bins.widenTo(width));
    Map<String, TimeBins> busiest = new LinkedHashMap<>();
    busyByNode.entrySet().stream()
        .sorted(Comparator.comparingDouble(node -> -sum(node.getValue())))
        .limit(mostNodes)
        .forEach(node -> busiest.put(node.getKey(), node.getValue()));
    return busiest;
  }

  int nodes() {
    return busyByNode.size();
  }

  private static double sum(TimeBins bins) {
    double sum = 0;
    for (double value : bins.sums()) {
      sum += value;
    }
    return sum;
  }
}
