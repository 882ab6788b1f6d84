package io.github.faasbench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.cluster.Cluster;
import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.cluster.Node;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.experiment.Experiments;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import io.github.faasbench.plan.Arrivals;
import io.github.faasbench.plan.Cell;
import io.github.faasbench.plan.Plan;
import io.github.faasbench.plan.trace.TraceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Open and closed loops, carried out on fake nodes in virtual time. */
class LoadsTest {

  private static final String NODES =
      """
      name: e
      nodes:
        - &n {name: n1, host: h, user: u, cpu: 0.5}
        - {<<: *n, name: n2}
        - {<<: *n, name: n3}
        - {<<: *n, name: n4}
      functions:
        - {name: f, image: image-f, command: ["true"]}
        - {name: g, image: image-g, command: ["true"]}
        - {name: h, image: image-h, command: ["true"]}
      policy: round-robin
      warming: pre-warmed
      warmReplicas: all
      """;

  @TempDir private Path folder;

  private final TestRun on = new TestRun();

  private static Plan plan(String... overrides) {
    return Plan.of(Experiments.of(NODES, overrides));
  }

  private static Plan oneFunction(String... overrides) {
    return plan(
        Stream.concat(
                Stream.of("functions=[{name: f, image: image-f, command: [a]}]"),
                Stream.of(overrides))
            .toArray(String[]::new));
  }

  private static List<Long> dueNanos(Plan plan, Cell cell) {
    List<Long> due = new ArrayList<>();
    try (Arrivals arrivals = plan.arrivals(cell).orElseThrow()) {
      while (arrivals.next()) {
        due.add(arrivals.dueNanos());
      }
    }
    return due;
  }

  private List<Invocation> byNumber() {
    List<Invocation> rows = new ArrayList<>(on.rows);
    rows.sort(Comparator.comparingLong(Invocation::invocation));
    return rows;
  }

  /** Since the first of them; of the others it is known when they are due before it. */
  private static List<Long> sinceFirst(List<Instant> times) {
    return times.stream().map(time -> Duration.between(times.get(0), time).toNanos()).toList();
  }

  @Test
  void anOpenLoopHandsEachCallOverWhenItIsDueHoweverTheOthersFare() throws Exception {
    Plan plan = oneFunction("workload=poisson(rate=5/s)", "invocations=50");
    on.run(plan, on.cluster);
    List<Long> due = dueNanos(plan, plan.cells().get(0));
    List<Invocation> rows = byNumber();
    assertThat(rows).hasSize(50);
    List<Long> came = sinceFirst(rows.stream().map(Invocation::arrivedAt).toList());
    for (int i = 0; i < 50; i++) { // rows have whole microseconds
      assertThat(came.get(i)).isCloseTo(due.get(i) - due.get(0), within(1_000L));
    }
    assertThat(rows).allMatch(row -> row.lagSeconds() == 0 && row.outcome() == Outcome.OK);
    // 50 calls of more than 3 s within some 10 s on 4 nodes: they did not wait for one another.
    assertThat(rows).extracting(Invocation::inFlight).anyMatch(inFlight -> inFlight > 2);
    on.assertClean();
  }

  /** Nodes whose loop does what is due after a while only 40 ms late. */
  private record Late(Cluster fake) implements Cluster, EventLoop {
    @Override
    public EventLoop loop() {
      return this;
    }

    @Override
    public List<Node> nodes() {
      return fake.nodes();
    }

    @Override
    public void close() {}

    @Override
    public long nowNanos() {
      return fake.loop().nowNanos();
    }

    @Override
    public long epochNanosOf(long nanos) {
      return fake.loop().epochNanosOf(nanos);
    }

    @Override
    public void post(Runnable action) {
      fake.loop().post(action);
    }

    @Override
    public Timer after(long delayNanos, Runnable action) {
      return fake.loop().after(delayNanos + 40_000_000, action);
    }

    @Override
    public void runUntil(BooleanSupplier done) throws InterruptedException {
      fake.loop().runUntil(done);
    }
  }

  /** At 50/s and 40 ms a call the generator can't keep up: that shows, and no call is missing. */
  @Test
  void aLateGeneratorLeavesNoCallOutAndSaysHowLateItWas() throws Exception {
    Plan plan = oneFunction("workload=uniform(rate=50/s)", "invocations=20", "timeout=1h");
    on.run(plan, new Late(on.cluster));
    List<Invocation> rows = byNumber();
    assertThat(rows).hasSize(20);
    for (int i = 0; i < 20; i++) {
      Invocation row = rows.get(i);
      assertThat(sinceFirst(List.of(rows.get(0).arrivedAt(), row.arrivedAt())).get(1))
          .isEqualTo(i * 20_000_000L);
      assertThat(row.lagSeconds()).isCloseTo(0.04 * (i + 1) - 0.02 * i, within(1e-9));
      assertThat(row.queueSeconds()).isGreaterThanOrEqualTo(row.lagSeconds() - 1e-9);
      assertThat(row.latencySeconds()).isGreaterThan(3 + row.lagSeconds());
    }
  }

  @Test
  void anInterruptEndsAnOpenLoopAndKeepsItsRows() throws Exception {
    on.interruptAfter = 10;
    on.run(oneFunction("workload=poisson(rate=5/s)", "invocations=100000"), on.cluster);
    assertThat(on.rows.size()).isBetween(11, 60);
    on.assertClean();
  }

  @Test
  void aDurationEndsAnOpenLoopAfterItsLastCallHasEnded() throws Exception {
    Plan plan = oneFunction("workload=uniform(rate=2/s)", "duration=5s");
    on.run(plan, on.cluster);
    assertThat(on.rows).hasSize(10).allMatch(row -> row.outcome() == Outcome.OK);
    on.assertClean();
  }

  /** The time is the client's own: it begins when its call has ended, clean-up included. */
  @Test
  void aClientOfAClosedLoopThinksBetweenItsCalls() throws Exception {
    on.run(oneFunction("workload={closed: {clients: 2, think: 5s}}", "invocations=6"), on.cluster);
    List<Invocation> rows = byNumber();
    assertThat(rows).hasSize(6);
    for (int i = 2; i < 6; i++) { // the two clients take turns, on nodes that are equally fast
      Invocation before = rows.get(i - 2);
      double until = Duration.between(before.arrivedAt(), rows.get(i).arrivedAt()).toNanos() / 1e9;
      double over = before.latencySeconds() + before.cleanupSeconds();
      assertThat(until - over).isCloseTo(5, within(2e-6));
    }
  }

  @Test
  void togetherEachBlockOfAClosedLoopHoldsEveryFunctionOnce() throws Exception {
    Plan plan = plan("workload=closed(clients=2)", "mix=together", "invocations=20");
    on.run(plan, on.cluster);
    List<Invocation> rows = byNumber();
    assertThat(rows).hasSize(60);
    var orders = new HashSet<List<String>>();
    for (int block = 0; block < 20; block++) {
      List<String> functions =
          rows.subList(3 * block, 3 * block + 3).stream().map(Invocation::function).toList();
      assertThat(functions).containsExactlyInAnyOrder("f", "g", "h");
      orders.add(functions);
    }
    assertThat(orders).hasSizeGreaterThan(3);
    assertThat(rows).allMatch(row -> row.mode().equals("pre-warmed"));
    on.assertClean();
    assertThat(on.owned).isEmpty();
  }

  @Test
  void togetherTheFunctionsOfAnOpenLoopAreAllThere() throws Exception {
    Plan plan = plan("workload=poisson(rate=2/s)", "mix=together", "warming=warmed");
    on.run(plan, on.cluster);
    Map<String, Integer> calls = new HashMap<>();
    on.rows.forEach(row -> calls.merge(row.function(), 1, Integer::sum));
    assertThat(calls).containsOnlyKeys("f", "g", "h");
    assertThat(calls.values()).allMatch(count -> count > 60);
    assertThat(on.rows).hasSize(300);
    on.assertClean();
  }

  private Path trace(String text) throws Exception {
    return Files.writeString(folder.resolve("t.csv"), text);
  }

  private static final String TRACE =
      """
      function,arrival_s,duration_s
      x,0,1
      y,1.5,2
      z,2,3
      w,60,4
      x,90,5
      """;

  @Test
  void onRealNodesATracesFunctionsMapInOrderAndItsDurationsAreIgnored() throws Exception {
    String workload = "workload={trace: {file: " + trace(TRACE) + ", format: simple, speedup: 10}}";
    Plan plan = plan(workload);
    assertThat(plan.cells()).hasSize(1);
    assertThat(plan.cells().get(0).invocations()).isEqualTo(5);
    assertThat(plan.length(plan.cells().get(0))).contains(Duration.ofSeconds(9));
    assertThat(plan.notes())
        .containsExactly(
            "trace "
                + folder.resolve("t.csv")
                + " (functions: 4, calls: 5): on real nodes its functions map in order onto those of"
                + " the experiment, and its durations are ignored",
            "1 of 1 cell has fewer than 20 calls over all repetitions, too few for an interval;"
                + " raise invocations or repetitions");
    on.run(plan, on.cluster);
    List<Invocation> rows = byNumber();
    assertThat(rows).extracting(Invocation::function).containsExactly("f", "g", "h", "f", "f");
    assertThat(sinceFirst(rows.stream().map(Invocation::arrivedAt).toList()))
        .containsExactly(0L, 150_000_000L, 200_000_000L, 6_000_000_000L, 9_000_000_000L);
    assertThat(on.cluster.fake("n1").demands).allMatch(demand -> demand.execNanos() == -1);
    on.assertClean();
  }

  @Test
  void onSimulatedNodesATracesFunctionsAreTheirOwnAndBringTheirTimes() throws Exception {
    trace(TRACE);
    Plan plan =
        Plan.of(
            Experiments.of(
                """
                name: e
                backend: sim
                nodes:
                  - {name: n1, cpu: 1}
                  - {name: n2, cpu: 1}
                  - {name: n3, cpu: 1}
                  - {name: n4, cpu: 1}
                functions:
                  - {name: f, model: {start: 1s, memory: 64MiB}}
                  - {name: g, image: shared}
                policy: round-robin
                warming: cold
                """,
                "workload={trace: {file: " + folder.resolve("t.csv") + ", format: simple}}",
                "invocations=4"));
    Cell cell = plan.cells().get(0);
    assertThat(cell.functions()).extracting("name").containsExactly("x", "y", "z", "w");
    assertThat(cell.functions()).extracting("image").containsExactly("x", "shared", "z", "shared");
    assertThat(cell.title()).startsWith("4 functions · round-robin · cold · trace(");
    assertThat(cell.functions().get(2).model().orElseThrow().memoryBytes()).isEqualTo(64 << 20);
    on.run(plan, on.cluster);
    assertThat(on.rows).hasSize(4);
    List<RunRequest.Demand> demands = new ArrayList<>();
    for (String node : List.of("n1", "n2", "n3", "n4")) {
      demands.addAll(on.cluster.fake(node).demands);
    }
    assertThat(demands)
        .containsExactlyInAnyOrder(
            new RunRequest.Demand("x", 1, 1_000_000_000L, -1),
            new RunRequest.Demand("y", 2, 2_000_000_000L, -1),
            new RunRequest.Demand("z", 3, 3_000_000_000L, -1),
            new RunRequest.Demand("w", 4, 4_000_000_000L, -1));
    on.assertClean();
  }

  @Test
  void aTraceThatBreaksOffEndsTheRunWithItsMessageAndLeavesTheNodesClean() throws Exception {
    Path file = trace(TRACE);
    Plan plan = plan("workload={trace: {file: " + file + ", format: simple}}");
    Files.writeString(file, TRACE.replace("z,2,3", "z,two,3"));
    assertThatThrownBy(() -> on.run(plan, on.cluster))
        .isInstanceOf(TraceException.class)
        .hasMessage(file + ":4: arrival_s is no number: 'two'");
    on.assertClean();
  }
}
