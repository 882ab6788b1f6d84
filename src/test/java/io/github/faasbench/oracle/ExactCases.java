package io.github.faasbench.oracle;

import java.util.List;

/** The cases that are known call by call. */
final class ExactCases {

  private static final String DSLAB =
      "dslab-faas tests, osukhoroslov/dslab@a6c155e8: crates/dslab-faas/tests/test_contention.rs";
  private static final String BY_HAND = "by hand";
  private static final String LADDER =
      "A: {pull: 2s, start: 500ms, init: 250ms, unpause: 11ms, exec: 1s}";
  private static final double REJECTED = Double.NaN;

  private ExactCases() {}

  static List<ExactCase> all() {
    return List.of(
        equalShares(),
        noContention(),
        differentShares(),
        differentStarts(),
        concurrency(),
        overload(),
        halfACore(),
        twoOfTwoSizes(),
        slotsBelowCalls(),
        rejectedWhenFull(),
        coldStart(),
        rung("pre-warmed", 1.75),
        rung("warmed", 1),
        rung("paused", 1.011),
        rung("resident", 1),
        keptPaused(),
        sharedBandwidth(),
        memory(),
        eviction(),
        timeToLiveFromEnd(),
        timeToLiveFromFirstUse(),
        evictionByCost(),
        idleContainersKeepNoCallAway(),
        idleOnce(),
        well("fixed: {ttl: 10m}", 10),
        well("fixed: {ttl: 2h}", 120),
        well("lru: {}", 999),
        well("greedy-dual: {}", 999),
        unloadedAndLoadedAgain());
  }

  private static ExactCase equalShares() {
    return new ExactCase("O-26a", DSLAB + ", test_equal_shares", plain("cpu: 4", "A: {exec: 1s}"))
        .with(10, "A", 0, 2.5);
  }

  private static ExactCase noContention() {
    return new ExactCase(
            "O-26b", DSLAB + ", test_no_contention", plain("cpu: 10", "A: {exec: 1s, cores: 2}"))
        .with(5, "A", 0, 1);
  }

  private static ExactCase differentShares() {
    return new ExactCase(
            "O-26c",
            DSLAB + ", test_different_shares",
            plain("cpu: 7", "A: {exec: 1s, cores: 2}", "B: {exec: 2s, cores: 3}"))
        .with(5, "A", 0, 3.571428571428571)
        .with(5, "B", 0, 5.714285714285714);
  }

  private static ExactCase differentStarts() {
    return new ExactCase(
            "O-26d",
            DSLAB + ", test_different_start_times",
            plain("cpu: 7", "B: {exec: 2s, cores: 3}", "A: {exec: 2s, cores: 2}"))
        .with(5, "B", 0, 6.809523809523809)
        .with(5, "A", .5, 7.142857142857142);
  }

  /** Two and three calls at a time in one container each. */
  private static ExactCase concurrency() {
    return new ExactCase(
            "O-26e",
            DSLAB + ", test_concurrency",
            file("cpu: 2", "A: {exec: 1s}", "B: {exec: 1s, cores: 2}")
                + "warming: warmed\ncontainerConcurrency: 3\n")
        .with(2, "A", 0, 3, "warmed")
        .with(3, "B", 0, 4, "warmed");
  }

  /** D/D/1 at twice its capacity: every call waits half a second longer than the last one. */
  private static ExactCase overload() {
    var one = new ExactCase("D/D/1, rho 2", BY_HAND, plain("cpu: 1, slots: 1", "A: {exec: 1s}"));
    for (int i = 0; i < 10; i++) {
      one = one.with(1, "A", .5 * i, i + 1);
    }
    return one;
  }

  private static ExactCase halfACore() {
    return new ExactCase("half a core", BY_HAND, plain("cpu: 0.5", "A: {exec: 1s}"))
        .with(1, "A", 0, 2)
        .with(2, "A", 10, 14);
  }

  /** When the second comes, the first has one second left: they share the core and end together. */
  private static ExactCase twoOfTwoSizes() {
    return new ExactCase(
            "PS, sizes 2 and 1", BY_HAND, plain("cpu: 1", "A: {exec: 2s}", "B: {exec: 1s}"))
        .with(1, "A", 0, 3)
        .with(1, "B", 1, 3);
  }

  private static ExactCase slotsBelowCalls() {
    return new ExactCase("two slots on a core", BY_HAND, plain("cpu: 1, slots: 2", "A: {exec: 1s}"))
        .with(2, "A", 0, 2)
        .with(1, "A", 0, 3);
  }

  private static ExactCase rejectedWhenFull() {
    return new ExactCase(
            "full", BY_HAND, plain("cpu: 1, slots: 1, whenFull: reject", "A: {exec: 1s}"))
        .with(1, "A", 0, 1)
        .with(1, "A", .5, REJECTED)
        .with(1, "A", 1, 2);
  }

  /** Pull, start and runtime start in turn; of two at once the second joins the first's pull. */
  private static ExactCase coldStart() {
    return new ExactCase("cold start", BY_HAND, file("cpu: 2", LADDER) + "warming: cold\n")
        .with(2, "A", 0, 3.75, "cold")
        .with(1, "A", 10, 13.75, "cold");
  }

  /** What is left of a cold start on a node that was prepared. */
  private static ExactCase rung(String warming, double seconds) {
    return new ExactCase(
            "ladder, " + warming, BY_HAND, file("cpu: 2", LADDER) + "warming: " + warming + "\n")
        .with(1, "A", 0, seconds, warming)
        .with(1, "A", 10, 10 + seconds, warming);
  }

  /** The first call runs in its container before that is paused for the first time. */
  private static ExactCase keptPaused() {
    return new ExactCase(
            "paused after a call",
            BY_HAND,
            file("cpu: 2", LADDER) + "warming: paused\nwarmReplicas: 1\nkeepAlive: lru\n")
        .with(1, "A", 0, 1.011, "paused")
        .with(1, "A", .5, 2.25, "pre-warmed")
        .with(2, "A", 10, 11.011, "paused");
  }

  /** A's first half takes 0.5 s alone, its second 1 s beside B; B then has a half left. */
  private static ExactCase sharedBandwidth() {
    return new ExactCase(
            "shared bandwidth",
            BY_HAND,
            file(
                    "cpu: 1, bandwidth: 100MB/s",
                    "A: {exec: 0s, size: 100MB}",
                    "B: {exec: 0s, size: 100MB}")
                + "warming: cold\n")
        .with(1, "A", 0, 1.5, "cold")
        .with(1, "B", .5, 2, "cold");
  }

  private static ExactCase memory() {
    return new ExactCase(
            "memory for two",
            BY_HAND,
            plain("cpu: 4, memory: 300MiB", "A: {exec: 1s, memory: 128MiB}"))
        .with(2, "A", 0, 1)
        .with(1, "A", 0, 2);
  }

  /** C takes the place of B, which was used before A was used again. */
  private static ExactCase eviction() {
    String model = "{start: 500ms, exec: 1s, memory: 128MiB}";
    return new ExactCase(
            "eviction of the least recently used",
            BY_HAND,
            file("cpu: 4, memory: 300MiB", "A: " + model, "B: " + model, "C: " + model)
                + "warming: cold\nkeepAlive: {fixed: {ttl: 1h}}\n")
        .with(1, "A", 0, 1.5, "cold")
        .with(1, "B", 10, 11.5, "cold")
        .with(1, "A", 20, 21, "warmed")
        .with(1, "C", 30, 31.5, "cold")
        .with(1, "A", 40, 41, "warmed")
        .with(1, "B", 50, 51.5, "cold");
  }

  /** Seven seconds from the end of a call of four; gone only when idle for longer. */
  private static ExactCase timeToLiveFromEnd() {
    return kept("time to live from the end", true)
        .with(1, "A", 0, 5, "cold")
        .with(1, "A", 11, 15, "warmed")
        .with(1, "A", 22, 26, "warmed")
        .with(1, "A", 33.000001, 38.000001, "cold");
  }

  private static ExactCase timeToLiveFromFirstUse() {
    return kept("time to live from the first end", false)
        .with(1, "A", 0, 5, "cold")
        .with(1, "A", 6, 10, "warmed")
        .with(1, "A", 12.000001, 17.000001, "cold");
  }

  /** C takes the place of B, which is used later than A, but starts sooner. */
  private static ExactCase evictionByCost() {
    return new ExactCase(
            "eviction by greedy dual",
            BY_HAND,
            file(
                    "cpu: 4, memory: 300MiB",
                    "A: {start: 5s, exec: 1s, memory: 128MiB}",
                    "B: {start: 500ms, exec: 1s, memory: 128MiB}",
                    "C: {start: 500ms, exec: 1s, memory: 128MiB}")
                + "warming: cold\nkeepAlive: greedy-dual\n")
        .with(1, "A", 0, 6, "cold")
        .with(1, "B", 10, 11.5, "cold")
        .with(1, "C", 20, 21.5, "cold")
        .with(1, "A", 30, 31, "warmed")
        .with(1, "C", 40, 41, "warmed")
        .with(1, "B", 50, 51.5, "cold");
  }

  /** 256 of 280 MiB are above the threshold, but only wait. */
  private static ExactCase idleContainersKeepNoCallAway() {
    String model = "{start: 500ms, exec: 1s, memory: 128MiB}";
    return new ExactCase(
            "idle containers above the threshold",
            BY_HAND,
            file("cpu: 4, memory: 280MiB", "A: " + model, "B: " + model, "C: " + model)
                + "warming: cold\nramThreshold: 80\nkeepAlive: lru\n")
        .with(1, "A", 0, 1.5, "cold")
        .with(1, "B", 10, 11.5, "cold")
        .with(1, "C", 20, 21.5, "cold");
  }

  /** Two calls leave A's container at one moment; it has its memory all the same. */
  private static ExactCase idleOnce() {
    return new ExactCase(
            "memory of a container that two calls leave",
            BY_HAND,
            file(
                    "cpu: 4, memory: 300MiB",
                    "A: {exec: 1s, memory: 128MiB}",
                    "B: {exec: 1s, memory: 200MiB}")
                + "warming: cold\nkeepAlive: lru\ncontainerConcurrency: 2\n")
        .with(1, "A", 0, 1, "cold")
        .with(2, "A", 10, 12, "warmed")
        .with(1, "A", 20, 21, "warmed")
        .with(1, "B", 20.5, 22, "cold");
  }

  /** Call k comes k minutes after the one before, up to 999. */
  private static ExactCase well(String keepAlive, int longest) {
    var well =
        new ExactCase(
            "O-22 a well, " + keepAlive,
            "faascache-sim@25110b6: TestTraces.LowWellTrace",
            file("cpu: 1, memory: 1024MB", "A: {start: 50ms, exec: 50ms, memory: 100MB}")
                + "warming: cold\nkeepAlive: {"
                + keepAlive
                + "}\n");
    double at = 0;
    for (int k = 0; k < 1000; k++) {
      at += 60 * k;
      boolean warm = k > 0 && k <= longest;
      well = well.with(1, "A", at, at + (warm ? .05 : .1), warm ? "warmed" : "cold");
    }
    return well;
  }

  /**
   * An idle time of 30.5 minutes: unloaded after the second call, there from 27 to 34.1 minutes
   * after its end.
   */
  private static ExactCase unloadedAndLoadedAgain() {
    double second = 1 + 30.5 * 60;
    double third = second + 1 + 28 * 60;
    double fourth = third + 1 + 20 * 60;
    return new ExactCase(
            "pre-warm window",
            BY_HAND,
            file("cpu: 1", "A: {start: 1s, exec: 1s}")
                + "warming: cold\nkeepAlive: hybrid-histogram\n")
        .with(1, "A", 0, 2, "cold")
        .with(1, "A", second + 1, second + 2, "warmed")
        .with(1, "A", third + 1, third + 2, "warmed")
        .with(1, "A", fourth + 1, fourth + 3, "cold");
  }

  private static ExactCase kept(String name, boolean reset) {
    return new ExactCase(
        name,
        BY_HAND,
        file("cpu: 1", "A: {start: 1s, exec: 4s}")
            + "warming: cold\nkeepAlive: {fixed: {ttl: 7s, reset: "
            + reset
            + "}}\n");
  }

  private static String plain(String nodes, String... functions) {
    return file(nodes, functions) + "warming: pre-warmed\n";
  }

  private static String file(String node, String... functions) {
    var text = new StringBuilder("name: exact\nbackend: sim\nfunctions:\n");
    for (String function : functions) {
      int colon = function.indexOf(':');
      text.append(Yaml.FUNCTION + function.substring(0, colon))
          .append(", model" + function.substring(colon) + "}\n");
    }
    return text + "nodes: {count: 1, " + node + "}\npolicy: round-robin\n";
  }
}
