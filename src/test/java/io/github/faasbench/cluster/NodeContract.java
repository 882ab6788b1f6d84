package io.github.faasbench.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What every node of real containers keeps, whichever way its engine is spoken to. The image is a
 * busybox at {@link #image}, in a registry that the node reaches.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class NodeContract {
  private static final Map<String, String> LABELS =
      Map.of("io.github.faasbench.test", "contract", "other", "a=b,c");

  private Cluster cluster;
  private int made;

  /** A cluster whose first node the tests may use as they like. */
  protected abstract Cluster connect();

  /** Whether bytes of a pull are measured. */
  protected abstract boolean measuresBytes();

  @BeforeAll
  void connects() {
    cluster = connect();
  }

  @AfterAll
  void letsGo() {
    if (cluster != null) {
      cluster.close();
    }
  }

  protected final Cluster cluster() {
    return cluster;
  }

  /** Names containers of this test run apart from those of others. */
  private String prefix() {
    return "contract-" + getClass().getSimpleName() + "-" + ProcessHandle.current().pid();
  }

  protected String image() {
    return "localhost:5055/tiny";
  }

  protected final Node node() {
    return cluster().nodes().get(0);
  }

  protected final <T> Answer<T> ask(Consumer<Callback<T>> operation) {
    return Answer.to(cluster().loop(), operation);
  }

  protected final RunRequest request(boolean pull, String... command) {
    String name = prefix() + "-" + ++made;
    return new RunRequest(
        name, image(), List.of(command), LABELS, "none", pull, RunRequest.Demand.NONE);
  }

  private RunRequest in(RunRequest container, String... command) {
    return new RunRequest(
        container.container(),
        image(),
        List.of(command),
        LABELS,
        "none",
        false,
        RunRequest.Demand.NONE);
  }

  private RunRequest waiting() {
    pullImage();
    RunRequest request = request(false);
    this.<Void>ask(done -> node().startWaiting(request, done)).value();
    return request;
  }

  private void pullImage() {
    this.<PullResult>ask(done -> node().pull(image(), done)).value();
  }

  private Inventory inventory() {
    return this.<Inventory>ask(node()::inventory).value();
  }

  protected final CallResult run(RunRequest request) {
    return this.<CallResult>ask(done -> node().run(request, done)).value();
  }

  protected final CallResult exec(RunRequest request) {
    return this.<CallResult>ask(done -> node().exec(request, done)).value();
  }

  /** All of it, by its name's beginning: what stayed would be in the way of whoever comes next. */
  @AfterEach
  void removesWhatItMade() {
    for (Inventory.Container container : inventory().containers()) {
      if (container.name().startsWith(prefix())) {
        this.<Void>ask(done -> node().removeContainer(container.name(), done)).value();
      }
    }
  }

  private static long sum(CallResult result) {
    return result.pullNanos() + result.startNanos() + Math.max(0, result.execNanos());
  }

  private static Consumer<Long> isMeasured() {
    return nanos -> assertThat(nanos).isNotNegative();
  }

  /** A process may end before the engine notes that it began; then its time is not known. */
  private static Consumer<Long> isUnmeasured() {
    return nanos -> assertThat(nanos).isEqualTo(-1);
  }

  @Test
  void aColdRunPullsAllLayersAndSaysSo() {
    this.<Void>ask(done -> node().removeImage(image(), done)).value();
    assertThat(inventory().hasImage(image())).isFalse();

    long begun = cluster().loop().nowNanos();
    CallResult result = run(request(true, "echo", "Ok"));

    assertThat(result.exitCode()).isZero();
    assertThat(result.output()).isEqualTo("Ok\n");
    PullResult pull = result.pull().orElseThrow();
    assertThat(pull.layersPresent()).isZero();
    assertThat(pull.layers()).isPositive();
    assertThat(pull.shared()).isFalse();
    if (measuresBytes()) {
      assertThat(pull.pulledBytes()).isGreaterThan(100_000);
    } else {
      assertThat(pull.pulledBytes()).isEqualTo(-1);
    }
    assertThat(result.pullNanos()).isPositive();
    assertThat(result.startNanos()).isPositive();
    assertThat(result.execNanos()).satisfiesAnyOf(isMeasured(), isUnmeasured());
    assertThat(result.cleanupNanos()).isPositive();
    assertThat(sum(result)).isLessThanOrEqualTo(result.endedAtNanos() - begun);
    assertThat(inventory().hasImage(image())).isTrue();
  }

  @Test
  void aPreWarmedRunDoesNotPullAndLeavesNoContainer() {
    pullImage();
    RunRequest request = request(false, "true");
    long begun = cluster().loop().nowNanos();

    CallResult result = run(request);

    assertThat(result.pull()).isEmpty();
    assertThat(result.pullNanos()).isZero();
    assertThat(result.startNanos()).isPositive();
    assertThat(result.execNanos()).satisfiesAnyOf(isMeasured(), isUnmeasured());
    assertThat(sum(result)).isLessThanOrEqualTo(result.endedAtNanos() - begun);
    assertThat(result.endedAtNanos()).isLessThanOrEqualTo(cluster().loop().nowNanos());
    assertThat(inventory().containers())
        .noneMatch(container -> container.name().equals(request.container()));
  }

  @Test
  void theProcessOfARunIsTimedByTheNode() {
    pullImage();
    long begun = cluster().loop().nowNanos();
    CallResult result = run(request(false, "sleep", "2"));
    assertThat(result.exitCode()).isZero();
    // The engine notes the start when starting has returned, somewhat after the process began.
    assertThat(result.execNanos()).isBetween(1_700_000_000L, 3_000_000_000L);
    assertThat(sum(result)).isLessThanOrEqualTo(result.endedAtNanos() - begun);
  }

  @Test
  void aCommandRunsInAWaitingContainer() {
    RunRequest container = waiting();
    long begun = cluster().loop().nowNanos();

    CallResult result = exec(in(container, "sh", "-c", "sleep 0.3; echo out; echo err >&2"));

    assertThat(result.exitCode()).isZero();
    assertThat(result.output()).contains("out\n").contains("err\n");
    assertThat(result.execNanos()).isGreaterThanOrEqualTo(300_000_000L);
    assertThat(result.pullNanos()).isZero();
    assertThat(result.startNanos()).isZero();
    assertThat(sum(result)).isLessThanOrEqualTo(result.endedAtNanos() - begun);
    assertThat(inventory().containers())
        .anyMatch(c -> c.name().equals(container.container()) && c.running());
  }

  @Test
  void exitCodesAreTheFunctionsOwn() {
    RunRequest container = waiting();
    assertThat(run(request(false, "sh", "-c", "exit 7")).exitCode()).isEqualTo(7);
    assertThat(exec(in(container, "sh", "-c", "exit 9")).exitCode()).isEqualTo(9);
    assertThat(exec(in(container, "false")).exitCode()).isEqualTo(1);
    assertThat(exec(in(container, "sh", "-c", "kill -9 $$")).exitCode()).isEqualTo(137);
  }

  @Test
  void aCommandThatTheImageLacksEndsWith127() {
    RunRequest container = waiting();
    CallResult run = run(request(false, "no-such-command"));
    assertThat(run.exitCode()).isEqualTo(127);
    assertThat(run.output()).contains("no-such-command");
    CallResult exec = exec(in(container, "no-such-command"));
    assertThat(exec.exitCode()).isBetween(126, 127);
    assertThat(exec.output()).contains("no-such-command");
  }

  @Test
  void outputIsKeptToItsFirst64KiB() {
    RunRequest container = waiting();
    String[] flood = {"sh", "-c", "echo first; dd if=/dev/zero bs=1M count=8 2>/dev/null"};
    CallResult run = run(request(false, flood));
    assertThat(run.exitCode()).isZero();
    assertThat(run.output()).startsWith("first\n").hasSize(64 << 10);
    CallResult exec = exec(in(container, flood));
    assertThat(exec.exitCode()).isZero();
    assertThat(exec.output()).startsWith("first\n").hasSize(64 << 10);
  }

  @Test
  void hostileArgumentsArriveVerbatim() {
    String hostile =
        "a b'c\"d $HOME `id` $(id) \\ \\n ;|&<>*?[]{}~!#\t%s\nsecond line é 你 'quoted' ''";
    RunRequest container = waiting();
    String[] command = {"sh", "-c", "printf '%s|' \"$@\"", "sh", "--flag", hostile, "", "-x"};
    String wanted = "--flag|" + hostile + "||-x|";
    assertThat(run(request(false, command)).output()).isEqualTo(wanted);
    assertThat(exec(in(container, command)).output()).isEqualTo(wanted);
  }

  @Test
  void aRunCanBeKilledFromOutside() {
    pullImage();
    RunRequest request = request(false, "sleep", "600");
    Answer<CallResult> call = ask(done -> node().run(request, done));
    awaitRunning(request.container());
    this.<Void>ask(done -> node().removeContainer(request.container(), done)).value();
    long killed = cluster().loop().nowNanos();
    call.await();
    assertThat(cluster().loop().nowNanos() - killed).isLessThan(TimeUnit.SECONDS.toNanos(10));
    assertThat(inventory().containers()).noneMatch(c -> c.name().equals(request.container()));
  }

  @Test
  void anExecCanBeKilledWithItsContainer() {
    RunRequest container = waiting();
    Answer<CallResult> call = ask(done -> node().exec(in(container, "sleep", "600"), done));
    inventory(); // lets it get under way
    inventory();
    this.<Void>ask(done -> node().removeContainer(container.container(), done)).value();
    long killed = cluster().loop().nowNanos();
    call.await();
    assertThat(cluster().loop().nowNanos() - killed).isLessThan(TimeUnit.SECONDS.toNanos(10));
  }

  private void awaitRunning(String name) {
    long limit = cluster().loop().nowNanos() + TimeUnit.MINUTES.toNanos(1);
    while (cluster().loop().nowNanos() < limit) {
      if (inventory().containers().stream().anyMatch(c -> c.name().equals(name) && c.running())) {
        return;
      }
    }
    throw new AssertionError(name + " never ran");
  }

  @Test
  void aMissingImageIsAnImageFailure() {
    String missing = "localhost:5055/no-such-image";
    RunRequest base = request(true, "true");
    RunRequest cold =
        new RunRequest(
            base.container(),
            missing,
            base.command(),
            LABELS,
            "none",
            true,
            RunRequest.Demand.NONE);
    NodeFailure pulled = this.<CallResult>ask(done -> node().run(cold, done)).failure();
    assertThat(pulled.kind()).isEqualTo(NodeFailure.Kind.IMAGE);
    assertThat(pulled.mayHaveRun()).isFalse();
    assertThat(pulled.message()).contains("image " + missing + " is not to be had");

    RunRequest bare =
        new RunRequest(
            base.container(),
            missing,
            base.command(),
            LABELS,
            "none",
            false,
            RunRequest.Demand.NONE);
    NodeFailure absent = this.<CallResult>ask(done -> node().run(bare, done)).failure();
    assertThat(absent.kind()).isEqualTo(NodeFailure.Kind.IMAGE);
    NodeFailure prepared = this.<Void>ask(done -> node().startWaiting(bare, done)).failure();
    assertThat(prepared.kind()).isEqualTo(NodeFailure.Kind.IMAGE);
    NodeFailure plain = this.<PullResult>ask(done -> node().pull(missing, done)).failure();
    assertThat(plain.kind()).isEqualTo(NodeFailure.Kind.IMAGE);
  }

  @Test
  void aCommandInAContainerThatIsGoneIsAFailure() {
    NodeFailure failure =
        this.<CallResult>ask(done -> node().exec(request(false, "true"), done)).failure();
    assertThat(failure.kind()).isEqualTo(NodeFailure.Kind.ENGINE);
    assertThat(failure.message()).contains(prefix());
    assertThat(failure.node()).isEqualTo(node().name());
  }

  @Test
  void anExecWithoutCommandIsAFailure() {
    RunRequest container = waiting();
    NodeFailure failure = this.<CallResult>ask(done -> node().exec(in(container), done)).failure();
    assertThat(failure.message()).contains("no command");
  }

  @Test
  void theInventoryShowsImagesAndLabelledContainers() {
    RunRequest container = waiting();
    Inventory inventory = inventory();
    assertThat(inventory.hasImage(image())).isTrue();
    assertThat(inventory.images().get(image() + ":latest")).startsWith("sha256:");
    assertThat(inventory.containers())
        .anySatisfy(
            found -> {
              assertThat(found.name()).isEqualTo(container.container());
              assertThat(found.image()).isEqualTo(image() + ":latest");
              assertThat(found.labels()).containsAllEntriesOf(LABELS);
              assertThat(found.running()).isTrue();
              assertThat(found.id()).matches("[0-9a-f]{64}");
            });
  }

  @Test
  void removingWhatIsGoneIsNoFailure() {
    RunRequest container = waiting();
    this.<Void>ask(done -> node().removeContainer(container.container(), done)).value();
    this.<Void>ask(done -> node().removeContainer(container.container(), done)).value();
    this.<Void>ask(done -> node().removeImage(image(), done)).value();
    this.<Void>ask(done -> node().removeImage(image(), done)).value();
    assertThat(inventory().hasImage(image())).isFalse();
  }

  @Test
  void anImageInUseIsNotRemoved() {
    waiting();
    NodeFailure failure = this.<Void>ask(done -> node().removeImage(image(), done)).failure();
    assertThat(failure.kind()).isEqualTo(NodeFailure.Kind.ENGINE);
    assertThat(inventory().hasImage(image())).isTrue();
  }

  @Test
  void aTakenNameIsAFailureAndItsContainerLivesOn() {
    RunRequest first = waiting();
    RunRequest second = in(first, "true");
    NodeFailure waits = this.<Void>ask(done -> node().startWaiting(second, done)).failure();
    NodeFailure runs = this.<CallResult>ask(done -> node().run(second, done)).failure();
    assertThat(List.of(waits.kind(), runs.kind())).containsOnly(NodeFailure.Kind.ENGINE);
    assertThat(runs.message()).contains(first.container());
    assertThat(exec(second).exitCode()).isZero();
  }

  @Test
  void callsOverlap() {
    RunRequest container = waiting();
    long begun = cluster().loop().nowNanos();
    List<Answer<CallResult>> calls =
        java.util.stream.IntStream.range(0, 7)
            .mapToObj(
                i ->
                    this.<CallResult>ask(
                        done -> node().exec(in(container, "sh", "-c", "sleep 2; echo " + i), done)))
            .toList();
    for (int i = 0; i < calls.size(); i++) {
      assertThat(calls.get(i).value().output()).isEqualTo(i + "\n");
    }
    assertThat(cluster().loop().nowNanos() - begun).isLessThan(TimeUnit.SECONDS.toNanos(9));
  }

  @Test
  void pullsOfOneImageAtOnceJoin() {
    this.<Void>ask(done -> node().removeImage(image(), done)).value();
    Answer<CallResult> first = ask(done -> node().run(request(true, "true"), done));
    Answer<CallResult> second = ask(done -> node().run(request(true, "true"), done));
    PullResult one = first.value().pull().orElseThrow();
    PullResult two = second.value().pull().orElseThrow();
    assertThat(List.of(one.shared(), two.shared())).containsExactlyInAnyOrder(false, true);
  }

  @Test
  void theLoadIsReadFresh() {
    long before = cluster().loop().nowNanos();
    LoadReading reading = this.<LoadReading>ask(node()::load).value();
    assertThat(reading.cpuPercent()).isBetween(0.0, 400.0);
    assertThat(reading.ramPercent()).isBetween(0.1, 100.0);
    assertThat(reading.takenAtNanos()).isBetween(before, cluster().loop().nowNanos());
  }

  @Test
  void aNodeDescribesItself() {
    NodeFacts facts = this.<NodeFacts>ask(node()::describe).value();
    assertThat(facts.engineId()).isNotBlank();
    assertThat(facts.engineVersion()).matches("\\d+\\..*");
    assertThat(facts.roundTripNanos()).isBetween(1L, TimeUnit.SECONDS.toNanos(1));
    assertThat(facts.clockOffsetNanos()).isNotZero();
    assertThat(Math.abs(facts.clockOffsetNanos())).isLessThan(TimeUnit.SECONDS.toNanos(1));
    assertThat(facts.other()).doesNotContainKey("clock");
    assertThat(facts.other())
        .containsKeys(
            "kernel",
            "cores",
            "memory",
            "storage driver",
            "cgroup version",
            "API version",
            "host key",
            "metrics script",
            "free disk",
            "ssh true");
    assertThat(facts.other().get("host key")).startsWith("SHA256:");
  }
}
