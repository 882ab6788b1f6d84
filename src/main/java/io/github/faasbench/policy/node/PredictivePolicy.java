package io.github.faasbench.policy.node;

import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.NodeView;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Takes the node where the call is expected to end first, by what calls that ended have taught it:
 * a {@link Program} per image learns how a call's time depends on its function, its input size, the
 * node's load and the mode, and each node how much slower or faster than that it is. A warm node is
 * left for another when a start there is expected to end sooner, once both have been seen. Calls of
 * an image that nothing is known of go to the node with the fewest calls in flight, ties at random;
 * else ties go to the node with the fewest. Of very many nodes it looks at some, drawn anew for
 * each call, and at the one with the fewest calls in flight. Online least squares in the manner of
 * least-work-left (Harchol-Balter 2013, chapter 24) with learned times.
 */
public final class PredictivePolicy implements SchedulingPolicy {

  /** So many draws find one of the best nodes as good as surely, at a cost that stays the same. */
  private static final int LOOKS = 64;

  private final double forgetting;
  private final RandomGenerator random;
  private final Map<String, Program> programs = new HashMap<>();
  private final Map<Request, Expected> open = new HashMap<>();
  private final List<Past> pasts = new ArrayList<>();

  /** How many times as long as on the average node a call takes, by node. */
  private double[] slowness = {};

  private int[] seen = {};

  /** What a choice was based on. */
  private record Expected(double nanos, String mode, double load, long atNanos) {}

  /**
   * @param window after so many calls of an image an older one counts 1/e
   */
  public PredictivePolicy(int window, RandomGenerator random) {
    forgetting = 1 - 1.0 / window;
    this.random = random;
  }

  @Override
  public Needs needs() {
    return Needs.NONE;
  }

  @Override
  public Decision choose(Request request, ClusterView cluster, long nowNanos) {
    open.remove(request);
    if (cluster.eligibleCount() == 0) {
      return Decision.NO_NODE;
    }
    Program program = programs.get(request.image());
    boolean known = program != null && program.knows(cluster.mode());
    NodeView node =
        known ? soonest(request, program, cluster) : cluster.least(Signal.IN_FLIGHT, random);
    double nanos = known ? nanos(request, program, cluster.mode(), node) : Double.NaN;
    if (known && elsewhere(request, program, cluster) < nanos) {
      return Spill.ELSEWHERE;
    }
    open.put(request, new Expected(nanos, cluster.mode(), load(node), nowNanos));
    return new Decision.Run(node);
  }

  private NodeView soonest(Request request, Program program, ClusterView cluster) {
    double fixed = program.fixedNanos(request, cluster.mode());
    double perLoad = program.nanosPerLoad(request);
    int offered = cluster.eligibleCount();
    NodeView best = cluster.least(Signal.IN_FLIGHT);
    double least = nanos(fixed, perLoad, best);
    for (int look = Math.min(offered, LOOKS) - 1; look >= 0; look--) {
      NodeView node = cluster.eligibleAt(offered <= LOOKS ? look : random.nextInt(offered));
      double nanos = nanos(fixed, perLoad, node);
      if (nanos < least) {
        best = node;
        least = nanos;
      }
    }
    return best;
  }

  private double nanos(double fixed, double perLoad, NodeView node) {
    return Math.max(0, fixed + perLoad * load(node)) * slowness[node.index()];
  }

  /** On the node with the fewest calls, if the call may be passed on to nodes less warm. */
  private double elsewhere(Request request, Program program, ClusterView cluster) {
    String mode = program.knows(Program.COLD) ? Program.COLD : Program.PRE_WARMED;
    boolean lessWarm = !cluster.mode().equals(Program.COLD) && !cluster.mode().equals(mode);
    return lessWarm && program.knows(mode)
        ? nanos(request, program, mode, cluster.all().least(Signal.IN_FLIGHT))
        : Double.POSITIVE_INFINITY;
  }

  private double nanos(Request request, Program program, String mode, NodeView node) {
    return nanos(program.fixedNanos(request, mode), program.nanosPerLoad(request), node);
  }

  /** How many calls there would share a core or slot, at least 1: they take so much longer. */
  private static double load(NodeView node) {
    return load(node, node.inFlight());
  }

  private static double load(NodeView node, int inFlight) {
    boolean unknown = Double.isNaN(node.cpu()) && node.slots() == Integer.MAX_VALUE;
    double cores = unknown ? 1 : Double.isNaN(node.cpu()) ? node.slots() : node.cpu();
    return Math.max(1, (inFlight + 1) / cores);
  }

  @Override
  public double expectedNanos(Request request) {
    Expected expected = open.get(request);
    return expected == null ? Double.NaN : expected.nanos();
  }

  @Override
  public void ended(Ended call, long nowNanos) {
    Request request = call.request();
    Expected expected = open.remove(request);
    if (expected != null && call.succeeded()) {
      long waited = expected.atNanos() - request.arrivedAtNanos();
      learn(request, call.node(), expected.mode(), expected.load(), call.latencyNanos() - waited);
    }
  }

  @Override
  public void remember(Past call) {
    pasts.add(call);
  }

  private void learn(Request request, NodeView node, String mode, double load, long tookNanos) {
    int at = node.index();
    Program program =
        programs.computeIfAbsent(request.image(), image -> new Program(request, forgetting));
    if (program.knows(mode)) {
      double average = program.fixedNanos(request, mode) + program.nanosPerLoad(request) * load;
      double ratio = average <= 0 ? 1 : Math.min(10, Math.max(0.1, tookNanos / average));
      // As if ten calls had been average: a node is not judged by its first ones.
      slowness[at] += (ratio - slowness[at]) / Math.min(10 + ++seen[at], 200);
    }
    program.learn(request, mode, load, tookNanos / slowness[at]);
  }

  @Override
  public void nodesChanged(ClusterView cluster) {
    if (slowness.length == cluster.size()) {
      return; // what was learned of each node stays true
    }
    slowness = new double[cluster.size()];
    seen = new int[cluster.size()];
    Arrays.fill(slowness, 1);
    Map<String, NodeView> byName = new HashMap<>();
    for (int index = 0; index < cluster.size(); index++) {
      byName.put(cluster.node(index).name(), cluster.node(index));
    }
    for (Past past : pasts) {
      NodeView node = byName.get(past.node());
      if (node != null) {
        learn(past.request(), node, past.mode(), load(node, past.inFlight()), past.tookNanos());
      }
    }
    pasts.clear();
  }
}
