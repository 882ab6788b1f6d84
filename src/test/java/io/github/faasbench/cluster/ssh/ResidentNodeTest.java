package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.NodeShell;
import io.github.faasbench.cluster.Answer;
import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.Cluster;
import io.github.faasbench.cluster.ClusterListener;
import io.github.faasbench.cluster.Inventory;
import io.github.faasbench.cluster.Node;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.PullResult;
import io.github.faasbench.cluster.Resident;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.experiment.Experiment.EngineKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Resident processes in containers of a real node: what the table of docs/resident.md says. */
@Tag("docker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResidentNodeTest {
  private static final String IMAGE = "localhost:5055/tiny";

  /** Does what the call's argument says. */
  private static final String RUNTIME =
      """
      echo '{"resident":1,"runtime":"sh"}'
      while read -r line; do
        id=${line#*:}; id=${id%%,*}
        arg=${line#*'["'}; arg=${arg%%'"'*}
        code=0
        case $arg in
          exit*) echo dying >&2; exit ${arg#exit };;
          eat) x=x; while :; do x=$x$x; done;;
          garbage) echo nonsense; continue;;
          fail) echo 'it went wrong' >&2; code=3;;
          sleep*) sleep ${arg#sleep };;
        esac
        echo "{\\"id\\":$id,\\"exit_code\\":$code,\\"result\\":\\"did $arg\\",\\"started_us\\":5,\\"ended_us\\":9}"
        [ "$arg" != once ] || exit 4
      done
      """;

  private final List<String> ended = new ArrayList<>();
  private Cluster cluster;
  private int made;

  @BeforeAll
  void connect() {
    cluster = RealNodes.connect(EngineKind.API, 1);
    cluster.listen(
        new ClusterListener() {
          @Override
          public void load(int node, double cpuPercent, double ramPercent, long takenAtNanos) {}

          @Override
          public void evicted(int node, String container) {}

          @Override
          public void ended(int node, String container, String why) {
            ended.add(container + ": " + why);
          }
        });
    Answer.<PullResult>to(cluster.loop(), done -> node().pull(IMAGE, done)).value();
  }

  @AfterAll
  void letGo() {
    Answer.<Void>to(cluster.loop(), done -> node().removeImage(IMAGE, done)).value();
    cluster.close();
  }

  @AfterEach
  void removeAll() {
    mine().forEach(container -> remove(container.name()));
  }

  private Node node() {
    return cluster.nodes().get(0);
  }

  private Stream<Inventory.Container> mine() {
    return Answer.to(cluster.loop(), node()::inventory).value().containers().stream()
        .filter(container -> container.name().startsWith(prefix()));
  }

  private static String prefix() {
    return "resident-test-" + ProcessHandle.current().pid() + "-";
  }

  private void remove(String name) {
    Answer.<Void>to(cluster.loop(), done -> node().removeContainer(name, done)).value();
  }

  private RunRequest request(boolean paused, String argument, String runtime) {
    Resident resident = new Resident(List.of("sh", "-c", runtime), List.of(argument), paused);
    return new RunRequest(
            prefix() + ++made,
            IMAGE,
            List.of(),
            Map.of("io.github.faasbench.test", "resident"),
            "none",
            false,
            RunRequest.Demand.NONE)
        .with(resident);
  }

  private RunRequest started(boolean paused, String argument) {
    RunRequest request = request(paused, argument, RUNTIME);
    Answer.<Long>to(cluster.loop(), done -> node().startWaiting(request, done)).value();
    return request;
  }

  private Answer<CallResult> calling(RunRequest request) {
    return Answer.to(cluster.loop(), done -> node().exec(request, done));
  }

  private void docker(String command, RunRequest request) throws Exception {
    String service = "label=com.docker.compose.service=node-1";
    String line = "docker exec $(docker ps -qf " + service + ") docker " + command + " $0";
    Process process = new ProcessBuilder("sh", "-c", line, request.container()).start();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void aCallIsALineThereAndOneBack() {
    RunRequest request = started(false, "work");
    for (int i = 0; i < 20; i++) {
      long begun = cluster.loop().nowNanos();
      CallResult result = calling(request).value();
      assertThat(result.exitCode()).isZero();
      assertThat(result.execNanos()).isEqualTo(4_000);
      assertThat(result.startNanos()).isZero();
      assertThat(result.endedAtNanos()).isGreaterThan(begun);
      assertThat(result.note()).isEmpty();
      assertThat(result.containerGone()).isFalse();
    }
  }

  @Test
  void aFailedCallSaysWhyAndItsContainerStays() {
    RunRequest request = started(false, "fail");
    CallResult result = calling(request).value();
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.output()).startsWith("did fail\n");
    assertThat(result.containerGone()).isFalse();
    assertThat(calling(request).value().exitCode()).isEqualTo(3);
  }

  @Test
  void aPausedContainerIsUnpausedForItsCallsOnly() {
    RunRequest request = started(true, "sleep 0.3");
    assertThat(isPaused(request)).isTrue();
    Answer<CallResult> first = calling(request);
    Answer<CallResult> second = calling(request);
    CallResult result = first.value();
    assertThat(result.startNanos() + second.value().startNanos()).isPositive();
    assertThat(result.cleanupNanos() + second.value().cleanupNanos()).isPositive();
    assertThat(isPaused(request)).isTrue();
    assertThat(mine()).singleElement().matches(Inventory.Container::running);
    remove(request.container()); // paused as it is
    assertThat(mine()).isEmpty();
  }

  private boolean isPaused(RunRequest request) {
    try {
      String line =
          "docker exec $(docker ps -qf label=com.docker.compose.service=node-1)"
              + " docker inspect -f '{{.State.Paused}}' $0";
      Process process = new ProcessBuilder("sh", "-c", line, request.container()).start();
      return new String(process.getInputStream().readAllBytes()).strip().equals("true");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aProcessThatEndsDuringACallFailsIt() {
    CallResult result = calling(started(false, "exit 9")).value();
    assertThat(result.exitCode()).isEqualTo(9);
    assertThat(result.note()).isEqualTo("the runtime ended during the call");
    assertThat(result.output()).isEqualTo("dying\n");
    assertThat(result.containerGone()).isTrue();

    CallResult silent = calling(started(false, "exit 0")).value();
    assertThat(silent.exitCode()).isEqualTo(-1);
    assertThat(silent.note()).contains("with exit code 0 and without an answer");
  }

  @Test
  void outOfMemoryIsToldApart() {
    CallResult result = calling(started(false, "eat")).value();
    assertThat(result.exitCode()).isEqualTo(137);
    assertThat(result.note()).isEqualTo("out of memory: killed by the kernel");
    assertThat(result.containerGone()).isTrue();
  }

  @Test
  void aContainerKilledFromOutsideLosesItsCall() throws Exception {
    RunRequest request = started(false, "sleep 61");
    Answer<CallResult> call = calling(request);
    NodeShell.awaitProcess(1, "sleep 61");
    docker("kill", request);
    NodeFailure failure = call.failure();
    assertThat(failure.mayHaveRun()).isTrue();
    assertThat(failure.message()).contains("was killed while the function ran in it");
  }

  @Test
  void aLineThatIsNoAnswerFailsTheCall() {
    CallResult result = calling(started(false, "garbage")).value();
    assertThat(result.exitCode()).isEqualTo(-1);
    assertThat(result.note())
        .isEqualTo("the runtime's answer is no line of the protocol: it is no JSON: nonsense");
    assertThat(result.containerGone()).isTrue();
  }

  @Test
  void aContainerThatIsRemovedEndsItsCall() {
    RunRequest request = started(false, "sleep 60");
    Answer<CallResult> call = calling(request);
    remove(request.container());
    assertThat(call.failure().mayHaveRun()).isTrue();
    NodeFailure next = calling(request).failure();
    assertThat(next.mayHaveRun()).isFalse();
  }

  @Test
  void aProcessThatEndsBetweenCallsIsTold() throws Exception {
    RunRequest request = started(false, "once");
    assertThat(calling(request).value().exitCode()).isZero();
    cluster.loop().after(10_000_000_000L, () -> ended.add("too late"));
    cluster.loop().runUntil(() -> !ended.isEmpty());
    assertThat(ended.get(0)).isEqualTo(request.container() + ": it ended with exit code 4");
    ended.clear();
    NodeFailure failure = calling(request).failure();
    assertThat(failure.mayHaveRun()).isFalse();
    assertThat(failure.message()).contains("took no call");
  }

  @Test
  void aRuntimeThatNeverGetsReadySaysWhy() {
    for (String[] wrong :
        new String[][] {
          {"echo no module >&2; exit 2", "it ended with exit code 2; it wrote: no module"},
          {"echo hello; sleep 60", "its first line is none of the protocol: it is no JSON: hello"},
          {"echo '{\"resident\":2}'; sleep 60", "it speaks version 2 of the protocol"},
        }) {
      RunRequest request = request(false, "", wrong[0]);
      NodeFailure failure =
          Answer.<Long>to(cluster.loop(), done -> node().startWaiting(request, done)).failure();
      assertThat(failure.message()).contains("never became ready").contains(wrong[1]);
      assertThat(failure.kind()).isEqualTo(NodeFailure.Kind.RUNTIME);
    }
    assertThat(mine()).isEmpty();
  }

  /** The stream breaks with it, whatever the process does; and with it its input ends. */
  @Test
  void aBrokenConnectionLosesTheCallAndLeavesNoProcess() throws Exception {
    RunRequest request = started(false, "sleep 10");
    Answer<CallResult> call = calling(request);
    NodeShell.awaitProcess(1, "sleep 10");
    RealNodes.endConnections(1);
    NodeFailure failure = call.failure();
    assertThat(failure.mayHaveRun()).isTrue();
    assertThat(failure.message()).contains("the connection to the node broke");
    assertThat(calling(request).failure().mayHaveRun()).isFalse();
    for (int i = 0; i < 600 && mine().anyMatch(Inventory.Container::running); i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertThat(mine()).noneMatch(Inventory.Container::running);
  }
}
