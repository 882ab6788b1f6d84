package io.github.faasbench.policy.catalog;

import static io.github.faasbench.policy.catalog.Entry.plain;
import static io.github.faasbench.policy.catalog.Entry.whole;

import io.github.faasbench.policy.KeepAlivePolicy;
import io.github.faasbench.policy.catalog.Entry.Parameter;
import io.github.faasbench.policy.catalog.Entry.Type;
import io.github.faasbench.policy.keepalive.FixedKeepAlive;
import io.github.faasbench.policy.keepalive.GreedyDualKeepAlive;
import io.github.faasbench.policy.keepalive.HybridHistogramKeepAlive;
import io.github.faasbench.policy.keepalive.LruKeepAlive;
import io.github.faasbench.policy.keepalive.NoKeepAlive;
import io.github.faasbench.policy.keepalive.PoolKeepAlive;
import io.github.faasbench.policy.keepalive.PredictiveKeepAlive;
import java.time.Duration;
import java.util.List;

/** The policies that say what becomes of containers. */
final class KeepAliveEntries {

  static final List<Entry<KeepAlivePolicy>> ALL =
      List.of(
          plain(
              "none",
              "removes a call's container when the call has ended",
              "thesis 5.5.2",
              NoKeepAlive::new),
          Entry.of(
              "fixed",
              "keeps a call's container until it was idle for longer than a fixed time",
              "OpenWhisk; DSLab without reset",
              List.of(
                  new Parameter("ttl", Type.DURATION, "10m", 0, "how long it may be idle"),
                  new Parameter(
                      "reset",
                      Type.BOOLEAN,
                      "true",
                      Double.NaN,
                      "true: counted from its last call's end; false: from its first idle moment")),
              (given, random) ->
                  new FixedKeepAlive((Duration) given.get("ttl"), (Boolean) given.get("reset"))),
          plain(
              "lru",
              "keeps containers until memory is needed; the least recently used go first",
              "OpenWhisk, ContainerPool",
              LruKeepAlive::new),
          plain(
              "greedy-dual",
              "the same; what is seldom used, cheap to start and large goes first",
              "FaasCache: Fuerst and Sharma, ASPLOS 2021",
              GreedyDualKeepAlive::new),
          Entry.of(
              "hybrid-histogram",
              "learns how long functions are idle; unloads after a call, loads ahead of the next",
              "Shahrad et al., USENIX ATC 2020",
              List.of(
                  new Parameter(
                      "range", Type.DURATION, "4h", 60, "longer idle times are out of bounds"),
                  new Parameter(
                      "head", Type.NUMBER, "0.05", 0, "share of idle times before the window"),
                  new Parameter(
                      "tail", Type.NUMBER, "0.99", 0, "share of idle times until its end"),
                  new Parameter("margin", Type.NUMBER, "0.1", 0, "share by which it is widened"),
                  new Parameter(
                      "evenly",
                      Type.NUMBER,
                      "2",
                      0,
                      "variation of the bins below which a container stays for the range")),
              (given, random) ->
                  new HybridHistogramKeepAlive(
                      (Duration) given.get("range"),
                      (Double) given.get("head"),
                      (Double) given.get("tail"),
                      (Double) given.get("margin"),
                      (Double) given.get("evenly"))),
          Entry.of(
              "pool",
              "keeps a fixed number of containers per function, loaded before the first call",
              "AWS Lambda, provisioned concurrency",
              List.of(new Parameter("size", Type.INTEGER, "1", 1, "containers of each function")),
              (given, random) -> new PoolKeepAlive(whole(given, "size"))),
          Entry.of(
              "predictive",
              "predicts the next idle time by a moving mean; unloads after a call, loads ahead of the next",
              "Jacobson, SIGCOMM 1988",
              List.of(
                  new Parameter(
                      "deviations",
                      Type.NUMBER,
                      "4",
                      0,
                      "mean deviations on each side of the mean"),
                  new Parameter(
                      "margin", Type.NUMBER, "0.1", 0, "share by which the window is widened"),
                  new Parameter(
                      "unknown",
                      Type.DURATION,
                      "10m",
                      0,
                      "how long to keep while nothing is known")),
              (given, random) ->
                  new PredictiveKeepAlive(
                      (Double) given.get("deviations"),
                      (Double) given.get("margin"),
                      (Duration) given.get("unknown"))));

  private KeepAliveEntries() {}
}
