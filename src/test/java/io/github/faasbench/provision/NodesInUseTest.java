package io.github.faasbench.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.experiment.NodeSpec;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodesInUseTest {

  @TempDir private Path folder;

  private static NodeSpec node(String name, String host) {
    return new NodeSpec(
        name, host, 22, "u", NodeSpec.Login.NONE, Double.NaN, 0, 1, NodeSpec.Limits.NONE);
  }

  @Test
  void aNodeIsForOneAtATimeWhateverItsName() throws Exception {
    try (NodesInUse first = NodesInUse.take(folder, List.of(node("a", "one"), node("b", "::2")))) {
      assertThat(first).isNotNull();
      assertThatThrownBy(
              () -> NodesInUse.take(folder, List.of(node("c", "three"), node("d", "::2"))))
          .isInstanceOf(ProvisionException.class)
          .hasMessage(
              "d (u@::2:22): another faasbench that was started in this folder works on this node;"
                  + " wait for it to end, or stop it");
      // What was refused holds nothing.
      NodesInUse.take(folder, List.of(node("c", "three"))).close();
    }
    NodesInUse.take(folder, List.of(node("x", "one"), node("y", "::2"))).close();
  }

  @Test
  void twoNamesOfOneNodeAreNoConflict() throws Exception {
    NodesInUse.take(folder, List.of(node("a", "one"), node("b", "one"))).close();
  }

  @Test
  void aProcessThatIsKilledLetsGo() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(other.inputReader().readLine()).isEqualTo("taken");
    assertThatThrownBy(() -> NodesInUse.take(folder, List.of(node("a", "one"))))
        .isInstanceOf(ProvisionException.class);
    other.destroyForcibly().waitFor();
    NodesInUse.take(folder, List.of(node("a", "one"))).close();
  }

  /** Takes a node and keeps it. */
  static final class Holder {
    public static void main(String[] args) throws Exception {
      try (NodesInUse taken = NodesInUse.take(Path.of(args[0]), List.of(node("n", "one")))) {
        System.out.println(taken == null ? "" : "taken");
        Thread.sleep(60_000);
      }
    }
  }
}
