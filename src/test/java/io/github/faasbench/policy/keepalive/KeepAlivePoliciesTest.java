package io.github.faasbench.policy.keepalive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.policy.KeepAlivePolicy;
import io.github.faasbench.policy.KeepAlivePolicy.Verdict;
import io.github.faasbench.policy.keepalive.Cache.Kind;
import io.github.faasbench.policy.keepalive.Cache.One;
import io.github.faasbench.random.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What each policy's name promises, and published vectors. */
class KeepAlivePoliciesTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;

  private static final Map<String, Kind> HAND =
      Map.of(
          "A", new Kind("A", 100, 1000),
          "B", new Kind("B", 200, 500),
          "C", new Kind("C", 100, 200),
          "D", new Kind("D", 100, 2000));

  private static final String HAND_TRACE = "ABCABCADBACDABDCAABC";

  /** The trace by hand of policies.md O-23, a call every ten seconds, 300 MB. */
  private static Cache hand(KeepAlivePolicy policy, int calls) {
    var cache = new Cache(policy, 300, true, HAND);
    if (policy instanceof GreedyDualKeepAlive) {
      cache.ties = (a, b) -> 0; // FaasCache's list: the one made first
    }
    for (int i = 0; i < calls; i++) {
      cache.call(HAND_TRACE.substring(i, i + 1), i * 10 * SECOND);
    }
    return cache;
  }

  @Test
  void greedyDualDoesWhatWasReckonedByHand() {
    var policy = new GreedyDualKeepAlive();
    Cache eight = hand(policy, 8);
    assertThat(policy.clock(0)).isEqualTo(25);
    assertThat(policy.worth(eight.of("A"))).isEqualTo(34.5);
    assertThat(policy.worth(eight.of("D"))).isEqualTo(45);

    policy = new GreedyDualKeepAlive();
    Cache twelve = hand(policy, 12);
    assertThat(policy.worth(twelve.of("A"))).isEqualTo(55);
    assertThat(policy.worth(twelve.of("C"))).isEqualTo(49.5);
    assertThat(policy.worth(twelve.of("D"))).isEqualTo(67.5);

    policy = new GreedyDualKeepAlive();
    assertThat(policy.worth(hand(policy, 13).of("A"))).isEqualTo(67.5);

    policy = new GreedyDualKeepAlive();
    Cache all = hand(policy, 20);
    assertThat(all.warm).isEqualTo(4);
    assertThat(all.cold).isEqualTo(16);
    assertThat(all.evictions).isEqualTo(14);
    assertThat(policy.clock(0)).isEqualTo(92.5);
  }

  @Test
  void lruDoesWhatWasReckonedByHand() {
    assertThat(hand(new LruKeepAlive(), 20).warm).isEqualTo(2);
  }

  /** The reference is a list in the order of use. */
  @Test
  void lruEvictsWhatWasUsedLongestAgo() {
    var random = new Stream(5);
    Map<String, Kind> kinds = new LinkedHashMap<>();
    for (int i = 0; i < 8; i++) {
      kinds.put("f" + i, new Kind("f" + i, 100, 100));
    }
    var cache = new Cache(new LruKeepAlive(), 300, false, kinds);
    List<String> model = new ArrayList<>();
    for (int i = 0; i < 800; i++) {
      String function = "f" + random.nextInt(8);
      boolean warm = cache.call(function, i * SECOND);
      assertThat(warm).isEqualTo(model.remove(function));
      model.add(function);
      if (model.size() > 3) {
        model.remove(0);
      }
      assertThat(cache.there).extracting(One::function).containsExactlyInAnyOrderElementsOf(model);
    }
  }

  @Test
  void whatGreedyDualKeepsIsWorthAtLeastWhatItEvictedBefore() {
    var random = new Stream(6);
    Map<String, Kind> kinds = new LinkedHashMap<>();
    for (int i = 0; i < 10; i++) {
      kinds.put("f" + i, new Kind("f" + i, 50 + random.nextInt(200), 1 + random.nextInt(3000)));
    }
    var policy = new GreedyDualKeepAlive();
    var cache = new Cache(policy, 500, false, kinds);
    double clock = 0;
    for (int i = 0; i < 800; i++) {
      cache.call("f" + random.nextInt(10), i * SECOND);
      double now = cache.evictions == 0 ? 0 : policy.clock(0);
      assertThat(now).as("the clock never goes back").isGreaterThanOrEqualTo(clock);
      assertThat(cache.there).allMatch(one -> policy.worth(one) >= now);
      clock = now;
    }
    assertThat(cache.evictions).isGreaterThan(100);
  }

  @Test
  void amongFunctionsOfOneSizeAndUseGreedyDualKeepsWhatIsDearToStart() {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    for (int i = 0; i < 6; i++) {
      kinds.put("f" + i, new Kind("f" + i, 100, i < 2 ? 3000 : 100));
    }
    var random = new Stream(7);
    var greedy = new Cache(new GreedyDualKeepAlive(), 300, false, kinds);
    int dear = 0;
    int dearWarm = 0;
    for (int i = 0; i < 900; i++) {
      int function = random.nextInt(6);
      boolean warm = greedy.call("f" + function, i * SECOND);
      dear += function < 2 ? 1 : 0;
      dearWarm += function < 2 && warm ? 1 : 0;
    }
    assertThat(dearWarm / (double) dear).isGreaterThan(0.9);
    assertThat(greedy.warm / 900.0).isBetween(0.4, 0.7);
  }

  /** Calls of one function that are idle for so long in between; each ends when it begins. */
  private static Verdict after(KeepAlivePolicy policy, long now, long... idle) {
    var one = new One(new Kind("f", 100, 100));
    long at = now;
    Verdict verdict = null;
    one.uses = 1;
    policy.arrived("f", -1, at);
    policy.used(one, at);
    verdict = policy.idle(one, at);
    for (long nanos : idle) {
      at += nanos;
      policy.arrived("f", nanos, at);
      policy.used(one, at);
      verdict = policy.idle(one, at);
    }
    return verdict;
  }

  private static long sum(long... idle) {
    return java.util.stream.LongStream.of(idle).sum();
  }

  private static HybridHistogramKeepAlive histogram() {
    return new HybridHistogramKeepAlive(Duration.ofHours(4), 0.05, 0.99, 0.1, 2);
  }

  @Test
  void theHistogramKnowsNothingAtFirstAndKeepsForItsRange() {
    assertThat(after(histogram(), 0)).isEqualTo(Verdict.until(240 * MINUTE));
  }

  /** All idle times in the bin of 30 to 31 minutes: from 0.9 x 30 to 1.1 x 31 minutes. */
  @Test
  void theHistogramsWindowIsTheHeadLessAMarginToTheTailAndAMargin() {
    long[] idle = {30 * MINUTE + SECOND, 30 * MINUTE + SECOND, 30 * MINUTE + SECOND};
    var policy = histogram();
    Verdict verdict = after(policy, 0, idle);
    long end = sum(idle);
    assertThat(verdict).isEqualTo(Verdict.loadAt(end + 27 * MINUTE));
    var ahead = new One(new Kind("f", 100, 100));
    assertThat(policy.idle(ahead, end + 27 * MINUTE))
        .as("until 34.1 minutes after the last call")
        .isEqualTo(Verdict.until(end + Math.round(34.1 * MINUTE)));
  }

  @Test
  void aFunctionThatIsCalledAgainWithinAMinuteIsNotUnloaded() {
    long[] idle = {10 * SECOND, 20 * SECOND, 5 * MINUTE + SECOND};
    assertThat(after(histogram(), 0, idle))
        .isEqualTo(Verdict.until(sum(idle) + Math.round(6.6 * MINUTE)));
  }

  @Test
  void idleTimesSpreadOverAllBinsSayNothing() {
    long[] idle = new long[240];
    for (int i = 0; i < idle.length; i++) {
      idle[i] = i * MINUTE + SECOND;
    }
    assertThat(after(histogram(), 0, idle)).isEqualTo(Verdict.until(sum(idle) + 240 * MINUTE));
  }

  @Test
  void idleTimesBeyondTheRangeAreForecastWithAMarginOf15Percent() {
    long[] idle = {300 * MINUTE, 300 * MINUTE};
    var policy = histogram();
    assertThat(after(policy, 0, idle)).isEqualTo(Verdict.loadAt(sum(idle) + 255 * MINUTE));
    assertThat(policy.idle(new One(new Kind("f", 100, 100)), sum(idle) + 255 * MINUTE))
        .isEqualTo(Verdict.until(sum(idle) + 345 * MINUTE));
  }

  /**
   * Of four bins that hold 0, 2, 1 and 1 the mean is 1 and the deviation the root of 2/3: a
   * coefficient of variation of 0.816.
   */
  @Test
  void theHistogramSpeaksFromItsCoefficientOfVariationOnAndByTheSharesOfItsBins() {
    long[] idle = {MINUTE + SECOND, 2 * MINUTE + SECOND, MINUTE + 2 * SECOND, 3 * MINUTE + SECOND};
    var unlike = new HybridHistogramKeepAlive(Duration.ofMinutes(4), 0.5, 0.75, 0.1, 0.816);
    long end = sum(idle);
    assertThat(after(unlike, 0, idle)).isEqualTo(Verdict.loadAt(end + 54 * SECOND));
    assertThat(unlike.idle(new One(new Kind("f", 100, 100)), end + 54 * SECOND))
        .as("the bin of 2 to 3 minutes is the first with three quarters up to it")
        .isEqualTo(Verdict.until(end + 198 * SECOND));
    var even = new HybridHistogramKeepAlive(Duration.ofMinutes(4), 0.5, 0.75, 0.1, 0.817);
    assertThat(after(even, 0, idle)).isEqualTo(Verdict.until(end + 4 * MINUTE));
  }

  /** The moving average goes a tenth of the way: 10 minutes, then 9.1. */
  @Test
  void fromHalfBeyondTheRangeOnTheNextIdleTimeIsForecast() {
    long[] half = {10 * MINUTE, MINUTE};
    var policy = new HybridHistogramKeepAlive(Duration.ofMinutes(4), 0.05, 0.99, 0.1, 0);
    assertThat(after(policy, 0, half))
        .isEqualTo(Verdict.loadAt(sum(half) + Math.round(9.1 * 0.85 * MINUTE)));
    assertThat(policy.idle(new One(new Kind("f", 100, 100)), sum(half)))
        .isEqualTo(Verdict.until(sum(half) + Math.round(9.1 * 1.15 * MINUTE)));
    long[] less = {10 * MINUTE, MINUTE, MINUTE};
    var window = new HybridHistogramKeepAlive(Duration.ofMinutes(4), 0.05, 0.99, 0.1, 0);
    assertThat(after(window, 0, less)).isEqualTo(Verdict.loadAt(sum(less) + 54 * SECOND));
  }

  /** The window holds all but what is to lie outside, whatever the rhythm. */
  @Test
  void theHistogramsWindowHoldsTheSharesThatItPromises() {
    for (int seed = 0; seed < 300; seed++) {
      var random = new Stream(seed);
      double mean = 3 + random.nextInt(60);
      long[] idle = new long[60];
      for (int i = 0; i < idle.length; i++) {
        idle[i] = Math.round((mean + 2 * random.nextDouble()) * MINUTE);
      }
      var policy = histogram();
      Verdict verdict = after(policy, 0, idle);
      long end = sum(idle);
      long from = verdict.loadAtNanos() - end;
      long to =
          policy.idle(new One(new Kind("f", 100, 100)), verdict.loadAtNanos()).keepUntilNanos()
              - end;
      long before = java.util.stream.LongStream.of(idle).filter(i -> i < from).count();
      long within = java.util.stream.LongStream.of(idle).filter(i -> i <= to).count();
      assertThat(before).isLessThanOrEqualTo(3);
      assertThat(within).isGreaterThanOrEqualTo(59);
      assertThat(from).as("and unloads in between").isGreaterThan(MINUTE);
    }
  }

  private static PredictiveKeepAlive predictive() {
    return new PredictiveKeepAlive(4, 0.1, Duration.ofMinutes(10));
  }

  @Test
  void thePredictionKeepsForAFixedTimeUntilItHasSeenSomething() {
    assertThat(after(predictive(), 0)).isEqualTo(Verdict.until(10 * MINUTE));
  }

  @Test
  void thePredictionOfASteadyRhythmNarrowsDownToIt() {
    long[] idle = new long[100];
    java.util.Arrays.fill(idle, 20 * MINUTE);
    var policy = predictive();
    Verdict verdict = after(policy, 0, idle);
    assertThat(verdict.loadAtNanos() - sum(idle)).isCloseTo(18 * MINUTE, within(SECOND));
    assertThat(policy.idle(new One(new Kind("f", 1, 1)), 0).keepUntilNanos() - sum(idle))
        .isCloseTo(22 * MINUTE, within(SECOND));
  }

  @Test
  void thePredictionFollowsARhythmThatChanges() {
    long[] idle = new long[200];
    for (int i = 0; i < idle.length; i++) {
      idle[i] = (i < 100 ? 20 : 60) * MINUTE;
    }
    assertThat(after(predictive(), 0, idle).loadAtNanos() - sum(idle))
        .isCloseTo(54 * MINUTE, within(SECOND));
  }

  @Test
  void whatComesAtAnyTimeIsNotUnloadedByThePrediction() {
    for (int seed = 0; seed < 300; seed++) {
      var random = new Stream(seed);
      long[] idle = new long[40];
      for (int i = 0; i < idle.length; i++) {
        idle[i] = Math.round(-StrictMath.log(1 - random.nextDouble()) * 10 * MINUTE);
      }
      Verdict verdict = after(predictive(), 0, idle);
      assertThat(verdict.keepUntilNanos()).isGreaterThan(sum(idle));
      assertThat(verdict.loadAtNanos()).isEqualTo(Long.MAX_VALUE);
    }
  }

  @Test
  void aPoolKeepsItsSizeAndNoMore() {
    for (int size = 1; size < 4; size++) {
      var policy = new PoolKeepAlive(size);
      assertThat(policy.atStart()).isEqualTo(size);
      for (int others = 0; others < 6; others++) {
        var one = new One(new Kind("f", 100, 100));
        one.others = others;
        assertThat(policy.idle(one, 0)).isEqualTo(others < size ? Verdict.KEEP : Verdict.REMOVE);
      }
    }
  }

  @Test
  void theSameCallsGetTheSameVerdictsAgain() {
    List<Supplier<KeepAlivePolicy>> all =
        List.of(
            LruKeepAlive::new,
            GreedyDualKeepAlive::new,
            KeepAlivePoliciesTest::histogram,
            KeepAlivePoliciesTest::predictive,
            () -> new PoolKeepAlive(1));
    for (Supplier<KeepAlivePolicy> maker : all) {
      var random = new Stream(9);
      long[] idle = new long[300];
      for (int i = 0; i < idle.length; i++) {
        idle[i] = (1 + random.nextInt(100)) * MINUTE / 3;
      }
      assertThat(after(maker.get(), 0, idle)).isEqualTo(after(maker.get(), 0, idle));
    }
  }
}
