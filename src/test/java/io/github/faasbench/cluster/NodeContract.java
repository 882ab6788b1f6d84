package io.github.faasbench.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What every node keeps, real or simulated: the gateway can't tell which it has. The image at
 * {@link #image} is to be had, and is not on the node when nobody uses it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class NodeContract {
  protected static final Map<String, String> LABELS =
      Map.of("io.github.faasbench.test", "contract", "other", "a=b,c");

  private Cluster cluster;
  private int made;

  /** A cluster whose first node the tests may use as they like. */
  protected abstract Cluster connect();

  /** The same request, for a call that takes that long. */
  protected abstract RunRequest taking(double seconds, RunRequest request);

  /** Ends all connections to the node from its side; new ones can be made at once. */
  protected abstract void endConnections() throws Exception;

  @BeforeAll
  void connects() {
    cluster = connect();
  }

  @AfterAll
  void letsGo() {
    if (cluster != null) {
      // An image that stayed would not be faasbench's own, and refuse whoever needs a clean node.
      this.<Void>ask(done -> node().removeImage(image(), done)).value();
      cluster.close();
    }
  }

  protected final Cluster cluster() {
    return cluster;
  }

  /** Names containers of this test run apart from those of others. */
  protected final String prefix() {
    return "contract-" + getClass().getSimpleName() + "-" + ProcessHandle.current().pid();
  }

  protected final String image() {
    return "localhost:5055/tiny";
  }

  protected final Node node() {
    return cluster().nodes().get(0);
  }

  protected final <T> Answer<T> ask(Consumer<Callback<T>> operation) {
    return Answer.to(cluster().loop(), operation);
  }

  /** A container of another name than all before. */
  protected final RunRequest request(boolean pull, String... command) {
    return of(prefix() + "-" + ++made, image(), pull, command);
  }

  /** A command for the same container. */
  protected final RunRequest in(RunRequest container, String... command) {
    return of(container.container(), image(), false, command);
  }

  private static RunRequest of(String container, String image, boolean pull, String... command) {
    return new RunRequest(
        container, image, List.of(command), LABELS, "none", pull, RunRequest.Demand.NONE);
  }

  /** A container that waits for calls. */
  protected final RunRequest waiting() {
    pullImage();
    RunRequest request = request(false);
    this.<Long>ask(done -> node().startWaiting(request, done)).value();
    return request;
  }

  protected final void pullImage() {
    this.<PullResult>ask(done -> node().pull(image(), done)).value();
  }

  protected final void removeImage() {
    this.<Void>ask(done -> node().removeImage(image(), done)).value();
  }

  protected final Inventory inventory() {
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

  /** The parts of a call's time are not more than the time from before it to its end. */
  protected final void assertPartsWithin(CallResult result, long begun) {
    assertThat(result.queuedNanos()).isNotNegative();
    assertThat(
            result.queuedNanos()
                + result.pullNanos()
                + result.startNanos()
                + Math.max(0, result.execNanos()))
        .isLessThanOrEqualTo(result.endedAtNanos() - begun);
    assertThat(result.endedAtNanos()).isLessThanOrEqualTo(cluster().loop().nowNanos());
  }

  private static Consumer<Long> isMeasured() {
    return nanos -> assertThat(nanos).isNotNegative();
  }

  /** A process may end before the engine notes that it began; then its time is not known. */
  private static Consumer<Long> isUnmeasured() {
    return nanos -> assertThat(nanos).isEqualTo(-1);
  }

  @Test
  void aColdRunPullsTheImageAndSaysSo() {
    removeImage();
    assertThat(inventory().hasImage(image())).isFalse();

    long begun = cluster().loop().nowNanos();
    CallResult result = run(request(true, "true"));

    assertThat(result.exitCode()).isZero();
    PullResult pull = result.pull().orElseThrow();
    assertThat(pull.layersPresent()).isZero();
    assertThat(pull.layers()).isPositive();
    assertThat(pull.shared()).isFalse();
    assertThat(result.pullNanos()).isPositive();
    assertThat(result.startNanos()).isPositive();
    assertThat(result.execNanos()).satisfiesAnyOf(isMeasured(), isUnmeasured());
    assertThat(result.cleanupNanos()).isNotNegative();
    assertPartsWithin(result, begun);
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
    assertPartsWithin(result, begun);
    assertThat(inventory().containers())
        .noneMatch(container -> container.name().equals(request.container()));
  }

  @Test
  void theProcessOfARunIsTimedByTheNode() {
    pullImage();
    long begun = cluster().loop().nowNanos();
    CallResult result = run(taking(2, request(false)));
    assertThat(result.exitCode()).isZero();
    // The engine notes the start when starting has returned, somewhat after the process began.
    assertThat(result.execNanos()).isBetween(1_700_000_000L, 3_000_000_000L);
    assertPartsWithin(result, begun);
  }

  @Test
  void aCallRunsInAWaitingContainer() {
    RunRequest container = waiting();
    long begun = cluster().loop().nowNanos();

    CallResult result = exec(taking(0.3, in(container)));

    assertThat(result.exitCode()).isZero();
    assertThat(result.execNanos()).isGreaterThanOrEqualTo(300_000_000L);
    assertThat(result.pullNanos()).isZero();
    assertThat(result.startNanos()).isZero();
    assertPartsWithin(result, begun);
    assertThat(inventory().containers())
        .anyMatch(c -> c.name().equals(container.container()) && c.running());
  }

  @Test
  void aRunCanBeKilledFromOutside() {
    pullImage();
    RunRequest request = taking(600, request(false));
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
    Answer<CallResult> call = ask(done -> node().exec(taking(600, in(container)), done));
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
    String name = request(false).container();
    RunRequest cold = of(name, missing, true, "true");
    NodeFailure pulled = this.<CallResult>ask(done -> node().run(cold, done)).failure();
    assertThat(pulled.kind()).isEqualTo(NodeFailure.Kind.IMAGE);
    assertThat(pulled.mayHaveRun()).isFalse();
    assertThat(pulled.message()).contains("image " + missing + " is not to be had");

    RunRequest bare = of(name, missing, false, "true");
    NodeFailure absent = this.<CallResult>ask(done -> node().run(bare, done)).failure();
    assertThat(absent.kind()).isEqualTo(NodeFailure.Kind.IMAGE);
    assertThat(absent.mayHaveRun()).isFalse();
    NodeFailure prepared = this.<Long>ask(done -> node().startWaiting(bare, done)).failure();
    assertThat(prepared.kind()).isEqualTo(NodeFailure.Kind.IMAGE);
    NodeFailure plain = this.<PullResult>ask(done -> node().pull(missing, done)).failure();
    assertThat(plain.kind()).isEqualTo(NodeFailure.Kind.IMAGE);
  }

  @Test
  void aCommandInAContainerThatIsGoneIsAFailure() {
    NodeFailure failure =
        this.<CallResult>ask(done -> node().exec(request(false, "true"), done)).failure();
    assertThat(failure.kind()).isEqualTo(NodeFailure.Kind.ENGINE);
    assertThat(failure.mayHaveRun()).isFalse();
    assertThat(failure.message()).contains(prefix());
    assertThat(failure.node()).isEqualTo(node().name());
  }

  @Test
  void aCallWhoseConnectionEndsMayHaveRunAndTheNodeAnswersAgain() throws Exception {
    pullImage();
    RunRequest request = taking(600, request(false));
    Answer<CallResult> call = ask(done -> node().run(request, done));
    awaitRunning(request.container());
    endConnections();
    NodeFailure failure = call.failure();
    assertThat(failure.kind()).isEqualTo(NodeFailure.Kind.UNREACHABLE);
    assertThat(failure.mayHaveRun()).isTrue();
    assertThat(failure.node()).isEqualTo(node().name());
    assertThat(run(taking(0.1, request(false))).exitCode()).isZero();
  }

  @Test
  void theInventoryShowsImagesAndLabelledContainers() {
    RunRequest container = waiting();
    Inventory inventory = inventory();
    assertThat(inventory.hasImage(image())).isTrue();
    assertThat(inventory.containers())
        .anySatisfy(
            found -> {
              assertThat(found.name()).isEqualTo(container.container());
              assertThat(found.image()).isEqualTo(image() + ":latest");
              assertThat(found.labels()).containsAllEntriesOf(LABELS);
              assertThat(found.running()).isTrue();
            });
  }

  @Test
  void removingWhatIsGoneIsNoFailure() {
    RunRequest container = waiting();
    this.<Void>ask(done -> node().removeContainer(container.container(), done)).value();
    this.<Void>ask(done -> node().removeContainer(container.container(), done)).value();
    removeImage();
    removeImage();
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
    NodeFailure waits = this.<Long>ask(done -> node().startWaiting(second, done)).failure();
    NodeFailure runs = this.<CallResult>ask(done -> node().run(second, done)).failure();
    assertThat(List.of(waits.kind(), runs.kind())).containsOnly(NodeFailure.Kind.ENGINE);
    assertThat(runs.mayHaveRun()).isFalse();
    assertThat(runs.message()).contains(first.container());
    assertThat(exec(second).exitCode()).isZero();
  }

  @Test
  void callsOverlap() {
    RunRequest container = waiting();
    List<Answer<CallResult>> calls =
        IntStream.range(0, 7)
            .mapToObj(
                i -> this.<CallResult>ask(done -> node().exec(taking(2, in(container)), done)))
            .toList();
    List<CallResult> results = calls.stream().map(Answer::value).toList();
    long firstEnd = results.stream().mapToLong(CallResult::endedAtNanos).min().orElseThrow();
    assertThat(results)
        .allSatisfy(
            call -> assertThat(call.endedAtNanos() - call.execNanos()).isLessThan(firstEnd));
  }

  @Test
  void pullsOfOneImageAtOnceJoin() {
    removeImage();
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
    assertThat(reading.ramPercent()).isBetween(0.0, 100.0);
    assertThat(reading.takenAtNanos()).isBetween(before, cluster().loop().nowNanos());
  }

  @Test
  void aNodeDescribesItself() {
    NodeFacts facts = this.<NodeFacts>ask(node()::describe).value();
    assertThat(facts.engineId()).isNotBlank();
    assertThat(facts.engineVersion()).isNotBlank();
    assertThat(facts.other()).containsKeys("cores", "memory");
  }
}
