import io.github.faasbench.cluster.*;
import io.github.faasbench.cluster.ssh.WallClockLoop;
import io.github.faasbench.experiment.FunctionSpec;
import io.github.faasbench.gateway.*;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.keepalive.NoKeepAlive;
import io.github.faasbench.policy.node.*;
import java.util.*;

/**
 * The gateway's own share of a call: everything but SSH and the engine. The nodes answer at once,
 * through the same event loop as real ones. Run it on the built jar:
 *
 * <pre>java -cp target/faasbench.jar bench/GatewayShare.java</pre>
 */
public final class GatewayShare {

  public static void main(String[] args) throws Exception {
    for (int nodes : new int[] {4, 1000}) {
      measure("round-robin", nodes, new RoundRobinPolicy());
      measure("least-used", nodes, new LeastUsedPolicy());
    }
  }

  private static void measure(String name, int count, SchedulingPolicy policy) throws Exception {
    var loop = new WallClockLoop();
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nodes.add(new InstantNode("n" + i, loop));
    }
    Cluster cluster =
        new Cluster() {
          public EventLoop loop() {
            return loop;
          }

          public List<Node> nodes() {
            return nodes;
          }

          public void close() {}
        };
    var gateway =
        new Gateway(
            cluster,
            new GatewaySettings(
                "r", 90, false, Optional.empty(), "bridge", Map.of(), (n, i) -> false, Map.of(),
                Map.of(), Map.of()),
            new CellContext("e", "r", "c", 1, name, "cold", "none", "sequential", "ssh"),
            policy,
            new NoKeepAlive());
    var function = new FunctionSpec("f", "image", Optional.empty(), List.of("true"), Optional.empty());
    int calls = count > 100 ? 2_000 : 20_000;
    double[] seconds = new double[calls];
    for (int i = 0; i < 2 * calls; i++) { // the first half warms the virtual machine up
      int number = i;
      boolean[] done = {false};
      long start = System.nanoTime();
      gateway.invoke(
          function,
          new RunRequest.Demand("f", i, -1, -1),
          loop.nowNanos(),
          finished -> {
            seconds[number % calls] = (System.nanoTime() - start) / 1e9;
            done[0] = true;
          });
      loop.runUntil(() -> done[0]);
    }
    Arrays.sort(seconds);
    System.out.printf(
        "%-12s %5d nodes: median %.1f us, p99 %.1f us a call%n",
        name, count, seconds[calls / 2] * 1e6, seconds[calls * 99 / 100] * 1e6);
  }

  private record InstantNode(String name, EventLoop loop) implements Node {
    private <T> void answer(Callback<T> done, T value) {
      loop.post(() -> done.done(value));
    }

    public void load(Callback<LoadReading> done) {
      answer(done, new LoadReading(10, 10, loop.nowNanos()));
    }

    public void inventory(Callback<Inventory> done) {
      answer(done, new Inventory(Map.of(), List.of()));
    }

    public void pull(String image, Callback<PullResult> done) {
      answer(done, new PullResult(1, 0, 1, false));
    }

    public void removeImage(String image, Callback<Void> done) {
      answer(done, null);
    }

    public void run(RunRequest request, Callback<CallResult> done) {
      exec(request, done);
    }

    public void startWaiting(RunRequest request, Callback<Long> done) {
      answer(done, 0L);
    }

    public void exec(RunRequest request, Callback<CallResult> done) {
      answer(done, new CallResult(0, loop.nowNanos(), 0, 0, 0, 0, 0, Optional.empty(), ""));
    }

    public void removeContainer(String container, Callback<Void> done) {
      answer(done, null);
    }

    public void describe(Callback<NodeFacts> done) {
      answer(done, new NodeFacts("e", "v", 0, 0, Map.of()));
    }
  }
}
