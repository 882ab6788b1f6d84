package io.github.faasbench.analysis.series;

import io.github.faasbench.analysis.statistics.Autocorrelation;
import io.github.faasbench.analysis.statistics.Autocorrelation.Portmanteau;
import io.github.faasbench.analysis.statistics.Means;
import io.github.faasbench.analysis.statistics.Mser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * The calls of one repetition of a cell as a series in order of arrival: what they are worth, and
 * batches of them. They may come in any order, with their numbers. Up to {@link #EXACT} are kept
 * one by one, more in bounded memory.
 */
public final class CallSeries {

  static final int EXACT = 1 << 14;

  /** Fewer independent calls than that carry no interval; below it nobody asks how many exactly. */
  private static final double ASKED = 4;

  private long[] numbers = new long[16];
  private double[] seconds = new double[16];
  private boolean[] started = new boolean[16];
  private int kept;
  private FoldedCalls folded;
  private long calls;
  private long failed;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;
  private boolean ordered = true;

  /** Whether numbers turned out to be no numbers: calls then count as they come. */
  private boolean unnumbered;

  /** What a series tells of its calls' dependence, until there is another call. */
  private Portmanteau portmanteau;

  private double inflation = Double.NaN;

  /**
   * Takes in a call.
   *
   * @param number in order of arrival, from 1; below: not known, and it is taken to be the next
   * @param latency in seconds; infinite where it did not end ok
   * @param startedContainer whether a container was started for it
   */
  public void add(long number, double latency, boolean startedContainer) {
    long place = number > 0 && !unnumbered ? number - 1 : calls;
    portmanteau = null;
    inflation = Double.NaN;
    calls++;
    failed += Double.isInfinite(latency) ? 1 : 0;
    ordered &= place >= last;
    first = Math.min(first, place);
    last = Math.max(last, place);
    if (folded == null && kept == EXACT) {
      fold();
    }
    if (folded != null) {
      folded.add(place, latency, startedContainer);
      return;
    }
    if (kept == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * kept);
      seconds = Arrays.copyOf(seconds, 2 * kept);
      started = Arrays.copyOf(started, 2 * kept);
    }
    numbers[kept] = place;
    seconds[kept] = latency;
    started[kept++] = startedContainer;
  }

  private void fold() {
    order();
    folded = new FoldedCalls();
    for (int i = 0; i < kept; i++) {
      folded.add(numbers[i], seconds[i], started[i]);
    }
    numbers = new long[0];
    seconds = new double[0];
    started = new boolean[0];
    kept = 0;
  }

  public long calls() {
    return calls;
  }

  long failed() {
    return failed;
  }

  /**
   * Number of the first call, from 0; in a cell of several functions not all are of this series.
   */
  long first() {
    return first;
  }

  long last() {
    return last;
  }

  /** Whether each latency is kept. */
  boolean exact() {
    return folded == null;
  }

  /** The numbers of the calls, ascending, from 0. */
  long[] numbers() {
    order();
    return Arrays.copyOf(numbers, kept);
  }

  /** The latencies in order of arrival, infinite where a call did not end ok. */
  double[] latencies() {
    order();
    return Arrays.copyOf(seconds, kept);
  }

  private void order() {
    if (kept > last - first + 1) {
      unnumbered = true;
      ordered = true;
      first = 0;
      last = calls - 1;
      Arrays.setAll(numbers, i -> i);
    }
    if (ordered) {
      return;
    }
    int[] places =
        IntStream.range(0, kept)
            .boxed()
            .sorted((a, b) -> Long.compare(numbers[a], numbers[b]))
            .mapToInt(i -> i)
            .toArray();
    long[] newNumbers = new long[kept];
    double[] newSeconds = new double[kept];
    boolean[] newStarted = new boolean[kept];
    for (int i = 0; i < kept; i++) {
      newNumbers[i] = numbers[places[i]];
      newSeconds[i] = seconds[places[i]];
      newStarted[i] = started[places[i]];
    }
    numbers = newNumbers;
    seconds = newSeconds;
    started = newStarted;
    ordered = true;
  }

  /** The latencies of the calls that ended ok, or of more than are kept means of runs of them. */
  private double[] finite() {
    return exact() ? Arrays.stream(latencies()).filter(Double::isFinite).toArray() : folded.runs();
  }

  /** Asks whether calls depend on those before them. */
  Portmanteau portmanteau() {
    if (portmanteau == null) {
      portmanteau = Autocorrelation.portmanteau(exact() ? latencies() : folded.runs());
      if (!exact()) {
        portmanteau = portmanteau.plus(ofRuns());
      }
    }
    return portmanteau;
  }

  /** Calls within runs depend on each other, where the runs vary by more than calls explain. */
  private Portmanteau ofRuns() {
    double pairs = folded.pairsInRuns();
    if (pairs == 0 || folded.variance() == 0) {
      return Portmanteau.NONE;
    }
    double z = (folded.ratioOfRuns() - 1) * (calls - failed - 1) / Math.sqrt(2 * pairs);
    return new Portmanteau(z * z, 1);
  }

  /** How many calls an independent one is worth, as far as means go. */
  double inflation() {
    if (Double.isNaN(inflation)) {
      double[] values = finite();
      inflation = Autocorrelation.inflation(values, ASKED);
      if (!exact() && folded.variance() > 0) {
        inflation *= folded.ratioOfRuns();
      }
    }
    return inflation;
  }

  /**
   * How many calls MSER-5 would leave out at the beginning, since they still show how the series
   * began.
   */
  public long mserCut() {
    double[] values = finite();
    return exact()
        ? callsUpTo(Mser.cut(values))
        : Mser.blocks(values) * calls / Math.max(1, values.length);
  }

  /** The calls up to that many that ended ok, with those that failed meanwhile. */
  private long callsUpTo(int ok) {
    int at = 0;
    for (int left = ok; left > 0; at++) {
      left -= Double.isFinite(seconds[at]) ? 1 : 0;
    }
    return at;
  }

  /**
   * About so many batches of equal length, cut by number; of fewer calls as many as there are.
   *
   * @param wanted at least 1
   */
  List<Batch> batches(int wanted) {
    List<Batch> byNumber = byNumber(wanted);
    if (!exact() || balanced(byNumber)) {
      return byNumber;
    }
    // Numbers with large gaps: batches of as many calls say what batches of one time can't.
    int count = byNumber.size();
    return cut(count, i -> i == count ? last + 1 : numbers[(int) ((long) kept * i / count)]);
  }

  /** Whether batches cut by number hold about as many calls each; else they are no like units. */
  boolean evenlyNumbered(int wanted) {
    return balanced(byNumber(wanted));
  }

  private List<Batch> byNumber(int wanted) {
    if (!exact()) {
      return folded.batches(wanted, first, last);
    }
    order();
    long span = last - first + 1;
    int count = (int) Math.min(wanted, Math.min(span, calls));
    return cut(count, i -> first + span * i / count);
  }

  private static boolean balanced(List<Batch> batches) {
    double calls = 0;
    double squares = 0;
    for (Batch batch : batches) {
      calls += batch.calls();
      squares += (double) batch.calls() * batch.calls();
    }
    return squares == 0 || calls * calls / squares >= batches.size() / 2.0;
  }

  /**
   * @param end the number at which the batch of that place ends, from 1
   */
  private List<Batch> cut(int count, IntToLongFunction end) {
    List<Batch> batches = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= count; i++) {
      int to = from;
      long limit = end.applyAsLong(i);
      while (to < kept && numbers[to] < limit) {
        to++;
      }
      batches.add(batch(from, to));
      from = to;
    }
    return batches;
  }

  /** All calls as one. */
  Batch whole() {
    order();
    return exact() ? batch(0, kept) : folded.whole();
  }

  double variance() {
    return exact() ? Math.pow(Means.standardDeviation(finite()), 2) : folded.variance();
  }

  /** Whether each call took as long as that of the same number in the other series. */
  boolean sameAs(CallSeries other) {
    if (exact() != other.exact() || calls != other.calls) {
      return false;
    }
    return exact()
        ? Arrays.equals(numbers(), other.numbers()) && Arrays.equals(latencies(), other.latencies())
        : Arrays.equals(folded.runs(), other.folded.runs())
            && folded.variance() == other.folded.variance();
  }

  private Batch batch(int from, int to) {
    long containers = IntStream.range(from, to).filter(i -> started[i]).count();
    return Batch.of(Arrays.copyOfRange(seconds, from, to), containers);
  }
}
