package io.github.faasbench.gateway;

import com.sun.management.ThreadMXBean;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.Signal;
import io.github.faasbench.policy.catalog.Catalog;
import io.github.faasbench.policy.catalog.Entry;
import io.github.faasbench.random.Stream;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one decision of each policy costs, with its defaults, on the gateway's own indexes: nodes of
 * two slots, as many calls in flight as nodes on average, a hundred functions of ten images of
 * which a few make most of the calls. Each decision is made again a few times, and that is timed:
 * processor time of the thread, median of rounds. With an idle container's ask after each call, for
 * policies that wait for it. Run by bench/decision-cost.
 */
final class DecisionCost {

  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final double GOAL_NANOS = 5000;
  private static final int FUNCTIONS = 100;
  private static final int TIMED = 16;
  private static final int CALLS = 40_000;
  private static final int ROUNDS = 7;
  private static final int WARM_UP_ROUNDS = 3;

  private final PolicyBench bench;
  private final SchedulingPolicy policy;
  private final Stream random = new Stream(3);
  private final ArrayDeque<Request> running = new ArrayDeque<>();
  private final ArrayDeque<NodeState> places = new ArrayDeque<>();
  private long now;
  private long nanos;
  private long bytes;
  private long decisions;

  private DecisionCost(String name, int nodes) {
    bench = new PolicyBench(nodes, 2);
    bench.nodes.forEach(node -> node.read(random.nextInt(100), random.nextInt(80), 0));
    policy = bench.told(EveryPolicyTest.policy(name, 1));
  }

  /**
   * Measures the policies named, or all; exits with 1 when one misses the goal, or takes a byte or
   * more for each node.
   *
   * @param names of policies
   */
  public static void main(String[] names) {
    List<String> all = Catalog.node().stream().map(Entry::name).toList();
    List<String> slow = new ArrayList<>();
    List<String> growing = new ArrayList<>();
    System.out.printf("%-22s %35s   %21s%n", "", "ns a decision", "bytes a decision");
    System.out.printf(
        "%-22s %9s %12s %12s   %9s %12s%n", "nodes", "10", "1,000", "10,000", "10", "10,000");
    for (String name : names.length == 0 ? all : List.of(names)) {
      double[] few = new DecisionCost(name, 10).measure();
      double[] many = new DecisionCost(name, 1000).measure();
      double[] most = new DecisionCost(name, 10_000).measure();
      System.out.printf(
          "%-22s %9.0f %12.0f %12.0f   %9.0f %12.0f%n",
          name, few[0], many[0], most[0], few[1], most[1]);
      if (many[0] > GOAL_NANOS) {
        slow.add(name);
      }
      if (most[1] - few[1] > 10_000) {
        growing.add(name);
      }
    }
    System.out.println("above 5,000 ns at 1,000 nodes: " + (slow.isEmpty() ? "none" : slow));
    System.out.println("bytes for each node: " + (growing.isEmpty() ? "none" : growing));
    System.exit(slow.isEmpty() && growing.isEmpty() ? 0 : 1);
  }

  /** Nanoseconds and bytes a decision at that number of nodes. */
  private double[] measure() {
    double[] times = new double[ROUNDS];
    double[] sizes = new double[ROUNDS];
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      nanos = 0;
      bytes = 0;
      decisions = 0;
      for (int call = 0; call < CALLS; call++) {
        call(call);
      }
      if (round >= 0) {
        times[round] = (double) nanos / decisions;
        sizes[round] = (double) bytes / decisions;
      }
    }
    Arrays.sort(times);
    Arrays.sort(sizes);
    return new double[] {times[ROUNDS / 2], sizes[ROUNDS / 2]};
  }

  private void call(int number) {
    now += 1_000_000;
    while (running.size() > bench.nodes.size() / 2 + random.nextInt(bench.nodes.size())) {
      end();
    }
    double u = random.nextDouble();
    int function = (int) (FUNCTIONS * u * u * u);
    var request = new Request("f" + function, "image" + function % 10, function + 1, number, now);
    if (number % TIMED == 0) {
      time(request);
    }
    if (policy.choose(request, bench.index.all(), now) instanceof Decision.Run run) {
      NodeState node = (NodeState) run.node();
      bench.index.inFlight(node, 1);
      running.add(request);
      places.add(node);
    }
  }

  private void time(Request request) {
    long self = Thread.currentThread().getId();
    long allocated = THREAD.getThreadAllocatedBytes(self);
    long start = THREAD.getCurrentThreadCpuTime();
    for (int i = 0; i < TIMED; i++) {
      if (policy.choose(request, bench.index.all(), now) instanceof Decision.Run run) {
        policy.idle(request.function(), run.node(), now); // it had been asked for
      }
    }
    nanos += THREAD.getCurrentThreadCpuTime() - start;
    bytes += THREAD.getThreadAllocatedBytes(self) - allocated;
    decisions += TIMED;
  }

  private void end() {
    Request request = running.poll();
    NodeState node = places.poll();
    bench.index.inFlight(node, -1);
    policy.ended(PolicyBench.ended(request, node, "cold", now - request.arrivedAtNanos()), now);
    policy.idle(request.function(), node, now);
    node.read(random.nextInt(100), random.nextInt(80), now);
    bench.index.changed(node, Signal.CPU);
    bench.index.changed(node, Signal.RAM);
  }
}
