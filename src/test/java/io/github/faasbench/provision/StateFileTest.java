package io.github.faasbench.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.experiment.Experiment.EngineKind;
import io.github.faasbench.experiment.NodeSpec;
import io.github.faasbench.experiment.NodeSpec.Login;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

  @TempDir Path folder;

  private static NodeSpec node(String name, String host, int port) {
    return new NodeSpec(name, host, port, "u", Login.NONE, Double.NaN, 0, 1, NodeSpec.Limits.NONE);
  }

  private static StateFile.TouchedNode touched(String name, String address) {
    return new StateFile.TouchedNode(name, address, Login.NONE, EngineKind.API);
  }

  private StateFile holding(String... lines) throws Exception {
    Files.writeString(folder.resolve("state"), String.join("\n", lines).replace(' ', '\t') + "\n");
    return new StateFile(folder);
  }

  /** Whatever a crash leaves of the file: what is whole counts, and what is no text is told. */
  @Test
  void cutAnywhereItHasItsWholeLines() throws Exception {
    String[] facts = {"node n1 u@one:22", "pulled u@one:22 a", "pulled u@one:22 b", "made c"};
    holding(facts);
    byte[] whole = Files.readAllBytes(folder.resolve("state"));
    for (int size = 0; size <= whole.length; size++) {
      Files.write(folder.resolve("state"), java.util.Arrays.copyOf(whole, size));
      var state = new StateFile(folder);
      String kept = new String(whole, 0, size, java.nio.charset.StandardCharsets.UTF_8);
      long lines = kept.chars().filter(c -> c == '\n').count();
      assertThat(state.nodes()).hasSize(lines >= 1 ? 1 : 0);
      assertThat(state.pulledTo("u@one:22")).hasSize((int) Math.max(0, Math.min(2, lines - 1)));
      assertThat(state.made()).hasSize(lines == 4 ? 1 : 0);
      state.made("d");
      assertThat(state.made()).contains("d");
    }
  }

  @Test
  void damageIsToldWithItsLineAndNothingIsWritten() throws Exception {
    for (byte damage : new byte[] {0, (byte) 0xFF}) {
      holding("node n1 u@one:22", "pulled u@one:22 aaaa");
      byte[] bytes = Files.readAllBytes(folder.resolve("state"));
      bytes[bytes.length - 3] = damage;
      Files.write(folder.resolve("state"), bytes);
      var state = new StateFile(folder);
      for (Callable<?> use :
          List.<Callable<?>>of(
              state::nodes,
              () -> state.pulledTo("u@one:22"),
              () -> {
                state.made("x");
                return null;
              },
              () -> {
                state.removed("u@one:22", "b");
                return null;
              })) {
        assertThatThrownBy(use::call)
            .isInstanceOf(StateDamagedException.class)
            .hasMessageStartingWith(folder.resolve("state") + ":2: damaged, there is no text.");
      }
      assertThat(folder.resolve("state")).hasBinaryContent(bytes);
    }
  }

  @Test
  void whatWasWrittenIsReadByAnother() throws Exception {
    var state = new StateFile(folder.resolve(".faasbench"));
    assertThat(state.nodes()).isEmpty();
    state.touched(node("n1", "127.0.0.1", 2201), Login.NONE, EngineKind.API);
    state.touched(node("n2", "127.0.0.1", 2202), Login.NONE, EngineKind.API);
    state.pulled("u@127.0.0.1:2201", "a");
    state.pulled("u@127.0.0.1:2201", "b");
    state.pulled("u@127.0.0.1:2202", "a");
    state.pulled("u@127.0.0.1:2201", "a");
    state.made("c");

    var other = new StateFile(folder.resolve(".faasbench"));
    assertThat(other.nodes())
        .containsExactly(touched("n1", "u@127.0.0.1:2201"), touched("n2", "u@127.0.0.1:2202"));
    assertThat(other.pulledTo("u@127.0.0.1:2201")).containsExactly("a", "b");
    assertThat(other.pulledTo("u@127.0.0.1:2202")).containsExactly("a");
    assertThat(other.made()).containsExactly("c");
  }

  @Test
  void theSameNameInAnotherExperimentIsAnotherMachine() throws Exception {
    var state = new StateFile(folder);
    state.touched(node("n1", "one", 22), Login.NONE, EngineKind.API);
    state.pulled("u@one:22", "a");
    state.touched(node("n1", "two", 22), Login.NONE, EngineKind.API);
    assertThat(state.pulledTo("u@two:22")).isEmpty();
    assertThat(state.nodes())
        .extracting(StateFile.TouchedNode::address)
        .containsExactly("u@one:22", "u@two:22");
  }

  @Test
  void aMachineUnderAnotherNameIsTheSameMachine() throws Exception {
    var state = new StateFile(folder);
    state.touched(node("n1", "one", 22), Login.NONE, EngineKind.API);
    state.pulled("u@one:22", "a");
    state.touched(node("left", "one", 22), Login.NONE, EngineKind.API);
    assertThat(state.nodes()).containsExactly(touched("left", "u@one:22"));
    assertThat(state.pulledTo("u@one:22")).containsExactly("a");
  }

  @Test
  void whatLetInAtLastIsKept() throws Exception {
    var state = new StateFile(folder);
    for (String key : List.of("/keys/a", "/keys/b", "/keys/a", "/keys/a")) {
      state.touched(node("n1", "one", 22), Login.NONE.identity(key), EngineKind.API);
    }
    assertThat(Files.readAllLines(folder.resolve("state"))).hasSize(3);
    assertThat(state.nodes())
        .containsExactly(
            new StateFile.TouchedNode(
                "n1", "u@one:22", Login.NONE.identity("/keys/a"), EngineKind.API));
    state.touched(node("n1", "one", 22), Login.NONE, EngineKind.API);
    assertThat(state.nodes()).containsExactly(touched("n1", "u@one:22"));
  }

  @Test
  void allThatLetInIsKeptAndOfSecretsOnlyTheirVariables() throws Exception {
    Login password = Login.NONE.passwordEnv("NODE_PASSWORD").hostKey("off").sshConfig("off");
    Login key = Login.NONE.identity("/a key=b").passphraseEnv("PHRASE");
    Login far = key.jump(List.of("one", "u@two:2222")).sshConfig("/my config");
    var state = new StateFile(folder);
    state.touched(node("n1", "one", 22), password, EngineKind.API);
    state.touched(node("n2", "two", 22), far, EngineKind.API);
    assertThat(new StateFile(folder).nodes())
        .extracting(StateFile.TouchedNode::login)
        .containsExactly(password, far);
  }

  @Test
  void howDockerWasSpokenToIsKept() throws Exception {
    var state = new StateFile(folder);
    state.touched(node("n1", "one", 22), Login.NONE, EngineKind.CLI);
    state.touched(node("n2", "two", 22), Login.NONE, EngineKind.CLI);
    state.touched(node("n2", "two", 22), Login.NONE, EngineKind.API);
    assertThat(new StateFile(folder).nodes())
        .extracting(StateFile.TouchedNode::engine)
        .containsExactly(EngineKind.CLI, EngineKind.API);
  }

  @Test
  void aNodeWithoutPortOrUserHasAnAddress() throws Exception {
    var state = new StateFile(folder);
    var alias = new NodeSpec("n1", "alias", 0, "", Login.NONE, 1, 0, 1, NodeSpec.Limits.NONE);
    state.touched(alias, Login.NONE, EngineKind.API);
    assertThat(new StateFile(folder).nodes()).containsExactly(touched("n1", "@alias:22"));
  }

  @Test
  void aLineOfAnOlderFileCountsForTheOneMachineOfThatName() throws Exception {
    var state = holding("node n1 u@one:22", "pulled n1 a", "pulled n1 b");
    assertThat(state.pulledTo("u@one:22")).containsExactly("a", "b");
    state.removed("u@one:22", "a");
    assertThat(new StateFile(folder).pulledTo("u@one:22")).containsExactly("b");
  }

  @Test
  void aLineOfAnOlderFileCountsForNobodyWhenTheNameStoodForTwoMachines() throws Exception {
    var state = holding("node n1 u@one:22", "pulled n1 a", "node n1 u@two:22");
    assertThat(state.pulledTo("u@one:22")).isEmpty();
    assertThat(state.pulledTo("u@two:22")).isEmpty();
  }

  @Test
  void whatWasRemovedIsForgottenAndNothingElse() throws Exception {
    var state = new StateFile(folder);
    state.touched(node("n1", "localhost", 2201), Login.NONE, EngineKind.API);
    state.touched(node("far", "192.0.2.1", 2201), Login.NONE, EngineKind.API);
    state.pulled("u@localhost:2201", "a");
    state.pulled("u@localhost:2201", "b");
    state.pulled("u@192.0.2.1:2201", "a");
    state.made("n1");
    state.removed("u@localhost:2201", "a");
    assertThat(state.pulledTo("u@localhost:2201")).containsExactly("b");
    state.goneFrom(2202);
    assertThat(state.pulledTo("u@localhost:2201")).containsExactly("b");
    state.goneFrom(2201);
    assertThat(state.pulledTo("u@localhost:2201")).isEmpty();
    assertThat(state.nodes()).extracting(StateFile.TouchedNode::name).containsExactly("far");
    assertThat(state.pulledTo("u@192.0.2.1:2201")).containsExactly("a");
    assertThat(state.made()).containsExactly("n1");
    state.unmade("n1");
    assertThat(state.made()).isEmpty();
    assertThat(folder.resolve("state.part")).doesNotExist();
  }

  @Test
  void aLineThatACrashCutOffIsLeftOutAndOverwritten() throws Exception {
    var state = new StateFile(folder);
    state.pulled("n1", "whole");
    Files.writeString(folder.resolve("state"), "pulled\tn1\tcut-o", StandardOpenOption.APPEND);
    assertThat(state.pulledTo("n1")).containsExactly("whole");
    state.pulled("n1", "next");
    assertThat(state.pulledTo("n1")).containsExactly("whole", "next");
  }

  @Test
  void writersAtTheSameTimeLoseNothing() throws Exception {
    var writers = Executors.newFixedThreadPool(4);
    try {
      var tasks = new ArrayList<Callable<Void>>();
      for (int i = 0; i < 40; i++) {
        String image = "image" + i;
        tasks.add(
            () -> {
              var state = new StateFile(folder);
              state.pulled("n", image);
              state.made(image);
              state.unmade(image);
              return null;
            });
      }
      for (var done : writers.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      writers.shutdown();
    }
    List<String> all = IntStream.range(0, 40).mapToObj(i -> "image" + i).toList();
    assertThat(new StateFile(folder).pulledTo("n")).containsExactlyInAnyOrderElementsOf(all);
    assertThat(new StateFile(folder).made()).isEmpty();
  }

  @Test
  void aWordThatWouldBreakTheFormatIsRefused() {
    assertThatThrownBy(() -> new StateFile(folder).made("a\nnode"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFaultStandsThereUntilItIsUndoneAndOthersStay() throws Exception {
    var state = new StateFile(folder);
    var cut = new StateFile.OpenFault("cut", "c1", "n1", "0");
    var slow = new StateFile.OpenFault("slow", "c2", "n2", "0.5");
    state.broken(cut);
    state.broken(slow);
    assertThat(new StateFile(folder).faults()).containsExactly(cut, slow);
    state.mended(cut);
    assertThat(new StateFile(folder).faults()).containsExactly(slow);
    state.goneFrom(2201);
    assertThat(state.faults()).containsExactly(slow);
  }
}
