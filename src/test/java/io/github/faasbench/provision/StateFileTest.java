package io.github.faasbench.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

  @Test
  void whatWasWrittenIsReadByAnother() throws Exception {
    var state = new StateFile(folder.resolve(".faasbench"));
    assertThat(state.nodes()).isEmpty();
    state.touched("n1", "u@127.0.0.1:2201");
    state.touched("n2", "u@127.0.0.1:2202");
    state.pulled("n1", "a");
    state.pulled("n1", "b");
    state.pulled("n2", "a");
    state.pulled("n1", "a");
    state.made("c");

    var other = new StateFile(folder.resolve(".faasbench"));
    assertThat(other.nodes())
        .containsExactly(
            new StateFile.TouchedNode("n1", "u@127.0.0.1:2201"),
            new StateFile.TouchedNode("n2", "u@127.0.0.1:2202"));
    assertThat(other.pulledTo("n1")).containsExactly("a", "b");
    assertThat(other.pulledTo("n2")).containsExactly("a");
    assertThat(other.made()).containsExactly("c");
  }

  @Test
  void whatWasRemovedIsForgottenAndNothingElse() throws Exception {
    var state = new StateFile(folder);
    state.touched("n1", "u@h:22");
    state.pulled("n1", "a");
    state.pulled("n2", "a");
    state.made("n1");
    state.removed("n1", "a");
    assertThat(state.pulledTo("n1")).isEmpty();
    assertThat(state.pulledTo("n2")).containsExactly("a");
    state.gone("n1");
    assertThat(state.nodes()).isEmpty();
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
}
