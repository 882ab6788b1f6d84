package io.github.faasbench.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.experiment.EventSpec.Action;
import io.github.faasbench.experiment.NodeSpec;
import io.github.faasbench.provision.ProcessRunner.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of Docker, and what stands in the state file meanwhile. */
class NodeFaultsTest {

  private static final NodeContainer CONTAINER =
      new NodeContainer("c1", "n1", "running", "isolated", "", "127.0.0.1", 2201, "i", "[]");

  @TempDir private Path folder;
  private final FakeRunner docker = new FakeRunner();
  private StateFile state;
  private NodeFaults faults;

  @BeforeEach
  void twoNodesAndTheirDocker() {
    state = new StateFile(folder);
    faults = new NodeFaults(state, docker);
    docker.on("docker inspect --format {{.HostConfig.NanoCpus}}", 0, "500000000");
    docker.on("docker inspect --format {{.State.Status}}", 0, "running");
  }

  private static NodeSpec node(String host, int port) {
    return new NodeSpec(
        "n1", host, port, "u", NodeSpec.Login.NONE, Double.NaN, 0, 1, NodeSpec.Limits.NONE);
  }

  private void prepare(Action action) throws Exception {
    faults.prepare(action, node("127.0.0.1", 2201), List.of(CONTAINER));
    docker.commands.clear();
  }

  @Test
  void eachFaultIsDoneAndUndoneAndStandsInTheStateFileBetween() throws Exception {
    List<List<String>> wanted =
        List.of(
            List.of("STOP_SSH", "exec c1 /usr/local/bin/faasbench-fault stop-ssh", "start-ssh"),
            List.of("CUT", "exec c1 /usr/local/bin/faasbench-fault cut", "mend"),
            List.of("STOP_ENGINE", "faasbench-fault stop-engine", "faasbench-fault start-engine"),
            List.of("SLOW", "update --cpus 0.1250 c1", "update --cpus 0.5 c1"));
    for (List<String> fault : wanted) {
      Action action = Action.valueOf(fault.get(0));
      prepare(action);
      faults.begin(action, "n1", 4, () -> {});
      assertThat(docker.texts()).anyMatch(text -> text.endsWith(fault.get(1)));
      assertThat(state.faults())
          .extracting(StateFile.OpenFault::action)
          .containsExactly(action.key());
      docker.commands.clear();
      faults.end("n1");
      assertThat(docker.texts()).anyMatch(text -> text.endsWith(fault.get(2)));
      assertThat(state.faults()).isEmpty();
    }
  }

  @Test
  void itIsInForceFromTheScriptsLineOnNotFromTheCommandsEnd() throws Exception {
    prepare(Action.STOP_ENGINE);
    List<String> order = new ArrayList<>();
    docker.on(
        "docker exec c1 /usr/local/bin/faasbench-fault stop-engine",
        command -> {
          command.lines().accept("in force");
          order.add("the command ends");
          return new Outcome(0, false, List.of("in force"), List.of());
        });
    faults.begin(Action.STOP_ENGINE, "n1", 1, () -> order.add("in force"));
    assertThat(order).startsWith("in force", "the command ends");
  }

  @Test
  void aFaultIsWrittenDownBeforeItIsDone() throws Exception {
    prepare(Action.FREEZE);
    List<Integer> written = new ArrayList<>();
    docker.on(
        "docker pause",
        command -> {
          try {
            written.add(state.faults().size());
          } catch (java.io.IOException e) {
            throw new AssertionError(e);
          }
          return new Outcome(0, false, List.of(), List.of());
        });
    faults.begin(Action.FREEZE, "n1", 1, () -> {});
    assertThat(written).containsExactly(1);
  }

  @Test
  void anotherProcessUndoesWhatItFindsInTheStateFile() throws Exception {
    prepare(Action.FREEZE);
    faults.begin(Action.FREEZE, "n1", 1, () -> {});
    docker.on("docker inspect --format {{.State.Status}}", 0, "paused");
    List<String> told = new ArrayList<>();
    new NodeFaults(new StateFile(folder), docker).endAll(told::add);
    assertThat(docker.texts()).contains("docker unpause c1");
    assertThat(told).containsExactly("freeze n1 is undone");
    assertThat(state.faults()).isEmpty();
  }

  @Test
  void whatCannotBeUndoneStaysInTheStateFileAndIsTold() throws Exception {
    prepare(Action.CUT);
    faults.begin(Action.CUT, "n1", 1, () -> {});
    docker.on("docker exec c1 /usr/local/bin/faasbench-fault mend", 1, "no packet filter here");
    assertThatThrownBy(() -> faults.endAll(line -> {}))
        .isInstanceOf(ProvisionException.class)
        .hasMessageContaining("cut n1: ")
        .hasMessageContaining("no packet filter here")
        .hasMessageContaining("`faasbench clean` tries again");
    assertThat(state.faults()).hasSize(1);
  }

  @Test
  void theFaultOfANodeThatIsGoneIsForgotten() throws Exception {
    prepare(Action.CUT);
    faults.begin(Action.CUT, "n1", 1, () -> {});
    docker.on(
        "docker inspect --format {{.State.Status}}",
        command -> new Outcome(1, false, List.of(), List.of("Error: No such object: c1")));
    docker.commands.clear();
    faults.endAll(line -> {});
    assertThat(docker.texts()).noneMatch(text -> text.startsWith("docker exec"));
    assertThat(state.faults()).isEmpty();
  }

  @Test
  void othersNodesAreRefusedBeforeAnythingIsDone() {
    for (NodeSpec other : List.of(node("192.0.2.1", 2201), node("127.0.0.1", 22))) {
      assertThatThrownBy(() -> faults.prepare(Action.CUT, other, List.of(CONTAINER)))
          .isInstanceOf(ProvisionException.class)
          .hasMessageContaining("cut n1: " + other.host() + ":" + other.port())
          .hasMessageContaining("is none of the nodes that the file's `cluster` brought up");
    }
    assertThat(docker.commands).isEmpty();
  }

  @Test
  void aNodeWithoutALimitCanNotBeSlowedAndAnOlderOneSaysWhatToDo() {
    docker.on("docker inspect --format {{.HostConfig.NanoCpus}}", 0, "0");
    docker.on("docker exec c1 test -x", 1);
    assertThatThrownBy(() -> prepare(Action.SLOW)).hasMessageContaining("give it `cpus`");
    assertThatThrownBy(() -> prepare(Action.CUT)).hasMessageContaining("./faasbench nodes down");
  }
}
