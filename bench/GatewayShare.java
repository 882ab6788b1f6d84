import com.sun.management.ThreadMXBean;
import io.github.faasbench.cluster.*;
import io.github.faasbench.experiment.BreakerSpec;
import io.github.faasbench.experiment.Experiment.Busy;
import io.github.faasbench.experiment.Experiment.Reuse;
import io.github.faasbench.experiment.FunctionSpec;
import io.github.faasbench.experiment.RetrySpec;
import io.github.faasbench.gateway.*;
import io.github.faasbench.policy.*;
import io.github.faasbench.policy.WarmingPolicy.Preparation;
import io.github.faasbench.policy.keepalive.NoKeepAlive;
import io.github.faasbench.policy.node.*;
import io.github.faasbench.policy.queue.FifoOrder;
import io.github.faasbench.random.Stream;
import java.lang.management.ManagementFactory;
import java.util.*;
import java.util.function.*;

/**
 * The gateway's own share of a call: decision, registries, record; without node, network or CSV.
 * Nodes that only remember their calls end them in the order in which they came; up to 200 are in
 * flight. "pushed": nodes push a load at each change, as simulated ones do; "asked": the gateway reads
 * loads, as on real nodes, and is answered at once. Processor time of the thread, so that other
 * work on the machine counts little; median of seven rounds. Run it on the built jar:
 *
 * <pre>java -XX:+UseSerialGC -cp target/faasbench.jar bench/GatewayShare.java [POLICY...]</pre>
 */
public final class GatewayShare {

  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int CALLS = 200_000;
  private static final int IN_FLIGHT = 200;

  private static final Map<String, Supplier<SchedulingPolicy>> POLICIES = new LinkedHashMap<>();

  static {
    POLICIES.put("round-robin", RoundRobinPolicy::new);
    POLICIES.put("random", () -> new RandomPolicy(new Stream(1)));
    POLICIES.put("power-of-d", () -> new PowerOfDPolicy(2, new Stream(1)));
    POLICIES.put("join-shortest-queue", () -> new JoinShortestQueuePolicy(new Stream(1)));
    POLICIES.put("least-used", LeastUsedPolicy::new);
    POLICIES.put("most-used", MostUsedPolicy::new);
    POLICIES.put("first-fit", FirstFitPolicy::new);
  }

  public static void main(String[] args) {
    System.out.printf(
        "%-8s %-12s %-20s %8s %8s %8s %12s%n",
        "loads", "prepared", "policy", "nodes", "ns/call", "bytes", "ns/decision");
    for (String policy : args.length > 0 ? Arrays.asList(args) : POLICIES.keySet()) {
      for (int nodes : new int[] {4, 10, 1000, 10_000}) {
        measure(true, Preparation.NOTHING, policy, nodes);
      }
      measure(true, Preparation.IMAGE, policy, 1000);
      measure(true, Preparation.CONTAINER, policy, 4);
      measure(true, Preparation.CONTAINER, policy, 1000);
      measure(false, Preparation.NOTHING, policy, 4);
    }
  }

  private static void measure(boolean pushed, Preparation preparation, String policy, int nodes) {
    double[] once = call(pushed, preparation, POLICIES.get(policy).get(), nodes);
    var again = new Repeated(POLICIES.get(policy).get());
    double decision = (call(pushed, preparation, again, nodes)[0] - once[0]) / Repeated.MORE;
    System.out.printf(
        "%-8s %-12s %-20s %,8d %8.0f %8.0f %12.0f%n",
        pushed ? "pushed" : "asked",
        preparation.name().toLowerCase(Locale.ROOT),
        policy,
        nodes,
        once[0],
        once[1],
        decision);
  }

  /** Nanoseconds and bytes a call. */
  private static double[] call(
      boolean pushed, Preparation preparation, SchedulingPolicy policy, int nodes) {
    var cluster = new InstantCluster(nodes, pushed);
    var gateway =
        new Gateway(
            cluster,
            new GatewaySettings(
                "r", 90, false, Optional.empty(), "bridge", Map.of(), (n, i) -> true, Map.of(),
                Map.of(), Map.of(), Map.of(), RetrySpec.NONE, Optional.of(BreakerSpec.DEFAULT),
                new GatewaySettings.Containers(preparation, 1, Reuse.NEWEST, Busy.SPILL, new Stream(2))),
            new CellContext("e", "r", "c", 1, "p", "cold", "none", "poisson(rate=1/s)", "sim"),
            policy,
            new NoKeepAlive(),
            new FifoOrder(),
            life -> {},
            notice -> {});
    var function = new FunctionSpec("f", "image", Optional.empty(), List.of("true"), Optional.empty());
    new Warmer(gateway, function, preparation).prepare(nodes, problems -> {});
    cluster.runUntil(cluster.posted::isEmpty);
    long[] done = {0};
    Consumer<Call.Finished> finished = call -> done[0]++;
    double[] nanos = new double[7];
    double[] bytes = new double[nanos.length];
    long number = 0;
    long self = Thread.currentThread().getId();
    for (int round = -3; round < nanos.length; round++) {
      long start = THREAD.getCurrentThreadCpuTime();
      long allocated = THREAD.getThreadAllocatedBytes(self);
      for (int i = 0; i < CALLS; i++) {
        if (cluster.running.size() >= Math.min(IN_FLIGHT, 2 * nodes)) {
          cluster.endOne();
        }
        cluster.now += 1000;
        gateway.invoke(
            function, new RunRequest.Demand("f", ++number, -1, -1), cluster.now, finished);
      }
      if (round >= 0) {
        nanos[round] = (double) (THREAD.getCurrentThreadCpuTime() - start) / CALLS;
        bytes[round] = (double) (THREAD.getThreadAllocatedBytes(self) - allocated) / CALLS;
      }
    }
    Arrays.sort(nanos);
    Arrays.sort(bytes);
    return new double[] {nanos[3], bytes[3]};
  }

  /** Makes every decision a few more times, so that one can be told from the rest of a call. */
  private record Repeated(SchedulingPolicy policy) implements SchedulingPolicy {
    static final int MORE = 8;

    public Needs needs() {
      return policy.needs();
    }

    public Decision choose(Request request, ClusterView cluster, long nowNanos) {
      for (int i = 0; i < MORE; i++) {
        if (policy.choose(request, cluster, nowNanos) instanceof Decision.Wait) {
          throw new IllegalStateException("nobody waits here");
        }
      }
      return policy.choose(request, cluster, nowNanos);
    }
  }

  private static final class InstantCluster implements Cluster, EventLoop {
    private final List<Node> nodes = new ArrayList<>();
    private final boolean pushed;
    private final ArrayDeque<Running> running = new ArrayDeque<>();
    private final ArrayDeque<Runnable> posted = new ArrayDeque<>();
    private ClusterListener listener;
    private long now;

    InstantCluster(int count, boolean pushed) {
      this.pushed = pushed;
      for (int i = 0; i < count; i++) {
        nodes.add(new InstantNode("node_" + (i + 1), i, this));
      }
    }

    private record Running(InstantNode node, Callback<CallResult> done) {}

    void begin(InstantNode node, Callback<CallResult> done) {
      running.add(new Running(node, done));
      changed(node, 1);
    }

    void endOne() {
      Running call = running.poll();
      changed(call.node, -1);
      call.done.done(new CallResult(0, now, 0, 0, 0, 1_000_000, 0, Optional.empty(), ""));
    }

    private void changed(InstantNode node, int calls) {
      node.calls += calls;
      if (pushed) {
        listener.load(node.index, Math.min(100, 25 * node.calls), 10, now);
      }
    }

    public EventLoop loop() {
      return this;
    }

    public List<Node> nodes() {
      return nodes;
    }

    public boolean pushesLoads() {
      return pushed;
    }

    public void listen(ClusterListener told) {
      listener = told;
      if (pushed) {
        nodes.forEach(node -> changed((InstantNode) node, 0));
      }
    }

    public void close() {}

    public long nowNanos() {
      return now;
    }

    public long epochNanosOf(long nanos) {
      return nanos;
    }

    public void post(Runnable action) {
      posted.add(action);
    }

    public Timer after(long delayNanos, Runnable action) {
      throw new UnsupportedOperationException("nothing here takes time");
    }

    public void runUntil(BooleanSupplier done) {
      while (!done.getAsBoolean()) {
        posted.poll().run();
      }
    }
  }

  private static final class InstantNode implements Node {
    private final String name;
    private final int index;
    private final InstantCluster cluster;
    private int calls;

    InstantNode(String name, int index, InstantCluster cluster) {
      this.name = name;
      this.index = index;
      this.cluster = cluster;
    }

    public String name() {
      return name;
    }

    public long loadReadAtNanos() {
      return cluster.now;
    }

    public void load(Callback<LoadReading> done) {
      done.done(new LoadReading(Math.min(100, 25 * calls), 10, cluster.now));
    }

    public void inventory(Callback<Inventory> done) {
      done.done(new Inventory(Map.of(), List.of()));
    }

    public void pull(String image, Callback<PullResult> done) {
      cluster.post(() -> done.done(new PullResult(1, 0, 1, false)));
    }

    public void removeImage(String image, Callback<Void> done) {
      done.done(null);
    }

    public void run(RunRequest request, Callback<CallResult> done) {
      cluster.begin(this, done);
    }

    public void startWaiting(RunRequest request, Callback<Long> done) {
      cluster.post(() -> done.done(0L));
    }

    public void exec(RunRequest request, Callback<CallResult> done) {
      cluster.begin(this, done);
    }

    public void removeContainer(String container, Callback<Void> done) {
      done.done(null);
    }

    public void describe(Callback<NodeFacts> done) {
      done.done(new NodeFacts("e", "v", 0, 0, Map.of()));
    }
  }
}
