package io.github.faasbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A function of real nodes without {@code command}: its image's own is meant. */
class CommandRulesTest {

  private static Experiment read(String function, String... settings) {
    return Experiments.of(
        TestVocabulary.real(),
        """
        name: e
        nodes: [{name: a, host: h, user: u}]
        functions: [%s]
        policy: round-robin
        warming: [cold, pre-warmed]
        """
            .formatted(function),
        settings);
  }

  @Test
  void isTakenWhereEachCallHasAContainerOfItsOwn() {
    assertThat(read("{name: f, image: hello-world}").functions().get(0).process()).isEmpty();
    assertThat(read("{name: f, image: hello-world}").resolved()).doesNotContain("command");
  }

  @Test
  void isRefusedWhereCallsRunInsideAWaitingContainer() {
    String f = "{name: f, image: hello-world}";
    assertThatThrownBy(() -> read(f, "warming=[cold, warmed]"))
        .hasMessageContaining("functions.0.command: missing: under warming warmed")
        .hasMessageContaining("docker image inspect")
        .hasMessageContaining("hello-world shows it");
    assertThatThrownBy(() -> read(f, "keepAlive=[none, fixed]"))
        .hasMessageContaining("command: missing: under keepAlive fixed");
    assertThat(read("{name: f, image: i, command: [run]}", "warming=warmed").functions())
        .hasSize(1);
  }

  @Test
  void argumentsNeedACommandInFrontOfThem() {
    assertThatThrownBy(() -> read("{name: f, image: i, args: [5]}"))
        .hasMessageContaining("functions.0.args: they stand behind a command");
  }
}
