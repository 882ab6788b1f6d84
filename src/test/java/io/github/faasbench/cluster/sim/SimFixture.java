package io.github.faasbench.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cluster.Answer;
import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.Callback;
import io.github.faasbench.cluster.Node;
import io.github.faasbench.cluster.PullResult;
import io.github.faasbench.cluster.Resident;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.experiment.FunctionModel;
import io.github.faasbench.experiment.FunctionSpec;
import io.github.faasbench.experiment.NodeSpec;
import io.github.faasbench.experiment.NodeSpec.Limits;
import io.github.faasbench.experiment.NodeSpec.WhenFull;
import io.github.faasbench.random.Distribution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One simulated node with functions, and short words for what tests do with it. */
final class SimFixture {

  static final long SECOND = 1_000_000_000L;
  static final long MIB = 1L << 20;

  private final List<FunctionSpec> functions = new ArrayList<>();
  private double cpu = 4;
  private long memory;
  private int slots = Integer.MAX_VALUE;
  private long bandwidth;
  private WhenFull whenFull = WhenFull.QUEUE;
  private Duration interval = Duration.ZERO;
  private boolean faulty;
  private int nodes = 1;
  private SimCluster cluster;
  private long made;

  /** What tests say of a function; what they leave out takes nothing. */
  static final class Function {
    double pull;
    double start;
    double init;
    double unpause;
    double exec = 1;
    long memory;
    double cores = 1;
    long size;
  }

  SimFixture function(String name, Consumer<Function> model) {
    var given = new Function();
    model.accept(given);
    functions.add(
        new FunctionSpec(
            name,
            image(name),
            Optional.empty(),
            List.of("run"),
            Optional.of(
                new FunctionModel(
                    new Distribution.Constant(given.pull),
                    new Distribution.Constant(given.start),
                    new Distribution.Constant(given.init),
                    new Distribution.Constant(given.unpause),
                    new Distribution.Constant(given.exec),
                    given.memory,
                    given.cores,
                    given.size))));
    return this;
  }

  private static String image(String function) {
    return "localhost:5055/" + function;
  }

  SimFixture nodes(int count) {
    nodes = count;
    return this;
  }

  /** Faults may be done to its nodes. */
  SimFixture faulty() {
    faulty = true;
    return this;
  }

  SimFixture cpu(double cores) {
    cpu = cores;
    return this;
  }

  SimFixture memory(long bytes) {
    memory = bytes;
    return this;
  }

  SimFixture slots(int count) {
    slots = count;
    return this;
  }

  SimFixture bandwidth(long bytesPerSecond) {
    bandwidth = bytesPerSecond;
    return this;
  }

  SimFixture rejects() {
    whenFull = WhenFull.REJECT;
    return this;
  }

  SimFixture probed(Duration every) {
    interval = every;
    return this;
  }

  SimCluster cluster() {
    if (cluster == null) {
      List<NodeSpec> specs = new ArrayList<>();
      for (int i = 1; i <= nodes; i++) {
        specs.add(
            new NodeSpec(
                "n" + i,
                "",
                0,
                "",
                NodeSpec.Login.NONE,
                cpu,
                memory,
                1,
                new Limits(slots, bandwidth, whenFull)));
      }
      Set<String> names =
          faulty ? specs.stream().map(NodeSpec::name).collect(Collectors.toSet()) : Set.of();
      cluster = new SimCluster(specs, functions, interval, new SimCluster.Seeds(1, 2), names);
    }
    return cluster;
  }

  SimLoop loop() {
    return cluster().loop();
  }

  Node node() {
    return cluster().nodes().get(0);
  }

  Host host() {
    return cluster().host(0);
  }

  <T> Answer<T> ask(Consumer<Callback<T>> operation) {
    return Answer.to(loop(), operation);
  }

  /** The function's image is there from now on. */
  SimFixture has(String function) {
    this.<PullResult>ask(done -> node().pull(image(function), done)).value();
    return this;
  }

  RunRequest request(String function, String container, boolean pull) {
    return new RunRequest(
        container,
        image(function),
        List.of("run"),
        Map.of(),
        "none",
        pull,
        new RunRequest.Demand(function, ++made, -1, -1));
  }

  /** A call in a container of its own. */
  Answer<CallResult> run(String function) {
    return run(function, function + "-" + (made + 1));
  }

  Answer<CallResult> run(String function, String container) {
    return ask(done -> node().run(request(function, container, false), done));
  }

  Answer<CallResult> cold(String function) {
    return ask(done -> node().run(request(function, function + "-" + (made + 1), true), done));
  }

  /** A waiting container, when it has started. */
  SimFixture waiting(String function, String container) {
    this.<Long>ask(done -> node().startWaiting(request(function, container, false), done)).value();
    return this;
  }

  /** The same, with its own process waiting in it. */
  SimFixture resident(String function, String container, boolean paused) {
    RunRequest request = request(function, container, false).with(resident(paused));
    this.<Long>ask(done -> node().startWaiting(request, done)).value();
    return this;
  }

  /** A line to the process that waits. */
  Answer<CallResult> line(String function, String container, boolean paused) {
    RunRequest request = request(function, container, false).with(resident(paused));
    return ask(done -> node().exec(request, done));
  }

  private static Resident resident(boolean paused) {
    return new Resident(List.of("serve"), List.of(), paused);
  }

  /** A call in a waiting container. */
  Answer<CallResult> exec(String function, String container) {
    return ask(done -> node().exec(request(function, container, false), done));
  }

  /** Lets so much virtual time pass. */
  void pass(double seconds) {
    boolean[] over = {false};
    loop().after(Math.round(seconds * SECOND), () -> over[0] = true);
    loop().runUntil(() -> over[0]);
  }

  /** When the call ended, in seconds of virtual time. */
  double end(Answer<CallResult> call) {
    CallResult result = call.value();
    assertThat(result.exitCode()).isZero();
    return result.endedAtNanos() / 1e9;
  }
}
