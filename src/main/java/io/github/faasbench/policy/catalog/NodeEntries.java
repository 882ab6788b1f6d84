package io.github.faasbench.policy.catalog;

import static io.github.faasbench.policy.catalog.Entry.drawing;
import static io.github.faasbench.policy.catalog.Entry.of;
import static io.github.faasbench.policy.catalog.Entry.plain;
import static io.github.faasbench.policy.catalog.Entry.whole;

import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.catalog.Entry.Parameter;
import io.github.faasbench.policy.catalog.Entry.Type;
import io.github.faasbench.policy.node.ChRluPolicy;
import io.github.faasbench.policy.node.ConsistentHashPolicy;
import io.github.faasbench.policy.node.FirstFitPolicy;
import io.github.faasbench.policy.node.HermodPolicy;
import io.github.faasbench.policy.node.HikuPolicy;
import io.github.faasbench.policy.node.HomeInvokerPolicy;
import io.github.faasbench.policy.node.JoinShortestQueuePolicy;
import io.github.faasbench.policy.node.LeastMemoryPolicy;
import io.github.faasbench.policy.node.LeastUsedPolicy;
import io.github.faasbench.policy.node.LocalityPolicy;
import io.github.faasbench.policy.node.MostUsedPolicy;
import io.github.faasbench.policy.node.PackageAwarePolicy;
import io.github.faasbench.policy.node.PeakEwmaPolicy;
import io.github.faasbench.policy.node.PowerOfDPolicy;
import io.github.faasbench.policy.node.PredictivePolicy;
import io.github.faasbench.policy.node.RandomPolicy;
import io.github.faasbench.policy.node.RoundRobinPolicy;
import io.github.faasbench.policy.node.WeightedRoundRobinPolicy;
import java.time.Duration;
import java.util.List;

/** The policies that choose a node. */
final class NodeEntries {

  private static final Parameter POINTS =
      new Parameter("points", Type.INTEGER, "100", 1, "points of each node on the hash ring");

  static final List<Entry<SchedulingPolicy>> ALL =
      List.of(
          plain(
              "round-robin",
              "takes the nodes in turn, by name, past those that are not eligible",
              "thesis 5.3.1",
              RoundRobinPolicy::new),
          plain(
              "weighted-round-robin",
              "takes the nodes in turn, each as often as its weight says",
              "Waldspurger and Weihl 1995; Envoy",
              WeightedRoundRobinPolicy::new),
          plain(
              "least-used",
              "reads all nodes and takes the one with the lowest CPU percent",
              "thesis 5.3.2",
              LeastUsedPolicy::new),
          plain(
              "most-used",
              "reads all nodes and takes the one with the highest CPU percent",
              "thesis 5.3.3",
              MostUsedPolicy::new),
          plain(
              "least-memory",
              "reads all nodes and takes the one with the lowest memory percent",
              "Iluvatar, MemPct",
              LeastMemoryPolicy::new),
          drawing(
              "random",
              "takes any eligible node, each as likely as the others",
              "Harchol-Balter 2013, chapter 24",
              RandomPolicy::new),
          drawing(
              "join-shortest-queue",
              "takes the node with the fewest calls in flight; ties at random",
              "Winston 1977",
              JoinShortestQueuePolicy::new),
          of(
              "power-of-d",
              "draws d nodes and takes the one with the fewest calls in flight",
              "Mitzenmacher 2001",
              List.of(new Parameter("d", Type.INTEGER, "2", 1, "how many nodes are looked at")),
              (given, random) -> new PowerOfDPolicy(whole(given, "d"), random)),
          of(
              "peak-ewma",
              "draws two nodes and takes the one with the smaller latency times calls in flight",
              "Finagle, P2CPeakEwma",
              List.of(
                  new Parameter(
                      "decay", Type.DURATION, "10s", 1e-9, "after which a latency counts 1/e")),
              (given, random) -> new PeakEwmaPolicy((Duration) given.get("decay"), random)),
          plain(
              "first-fit",
              "takes the first node, as registered, with a slot (else: a core) free",
              "bin packing; DSLab's BasicScheduler",
              FirstFitPolicy::new),
          drawing(
              "hermod",
              "packs calls on nodes in use while cores are free, else takes the least loaded",
              "Kaffes et al. 2022",
              HermodPolicy::new),
          drawing(
              "home-invoker",
              "hashes the function to a home and a step, and takes the first node with a slot free",
              "OpenWhisk, ShardingContainerPoolBalancer",
              HomeInvokerPolicy::new),
          of(
              "locality",
              "hashes the function to a home, and takes the first node from there with a slot free",
              "DSLab, LocalityBasedScheduler",
              List.of(new Parameter("step", Type.INTEGER, "1", 1, "nodes from one to the next")),
              (given, random) -> new LocalityPolicy(whole(given, "step"))),
          of(
              "consistent-hash",
              "takes the function's node on a hash ring, however loaded",
              "Karger et al. 1997",
              List.of(POINTS),
              (given, random) ->
                  new ConsistentHashPolicy(Double.POSITIVE_INFINITY, whole(given, "points"))),
          of(
              "bounded-loads",
              "takes the first node on a hash ring that stays below a multiple of the mean load",
              "Mirrokni et al. 2018",
              List.of(
                  new Parameter("bound", Type.NUMBER, "1.25", 1, "times the mean load"), POINTS),
              (given, random) ->
                  new ConsistentHashPolicy((Double) given.get("bound"), whole(given, "points"))),
          of(
              "ch-rlu",
              "as bounded-loads, with an absolute bound and noise for popular functions",
              "Fuerst and Sharma 2022",
              List.of(
                  new Parameter("bound", Type.NUMBER, "1", 0, "calls in flight per core"),
                  new Parameter("chain", Type.INTEGER, "2", 0, "further nodes looked at"),
                  new Parameter("popular", Type.NUMBER, "0.2", 0, "share of popular functions"),
                  POINTS),
              (given, random) ->
                  new ChRluPolicy(
                      (Double) given.get("bound"),
                      whole(given, "chain"),
                      (Double) given.get("popular"),
                      whole(given, "points"),
                      random)),
          of(
              "package-aware",
              "takes the less loaded of the image's two nodes on a hash ring, below a threshold",
              "Aumala et al. 2019",
              List.of(
                  new Parameter("threshold", Type.INTEGER, "3", 1, "calls in flight: overloaded"),
                  POINTS),
              (given, random) ->
                  new PackageAwarePolicy(
                      whole(given, "threshold"), whole(given, "points"), random)),
          drawing(
              "hiku",
              "gives a call to a node whose idle container asked for one, else to the least loaded",
              "Akbari and Hauswirth 2025",
              HikuPolicy::new),
          of(
              "predictive",
              "learns how long calls take, and takes the node where this one should end first",
              "online least squares",
              List.of(
                  new Parameter(
                      "window", Type.INTEGER, "1000", 10, "calls after which one counts 1/e"),
                  new Parameter(
                      "history", Type.FILE, "", Double.NaN, "CSV of an earlier run to learn from")),
              (given, random) -> new PredictivePolicy(whole(given, "window"), random)));

  private NodeEntries() {}
}
