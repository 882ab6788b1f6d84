package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code clean} without a file, from any folder that has a state file. */
@Timeout(300)
class CleanTest {

  @TempDir private Path folder;
  private ShellNode node;

  @BeforeEach
  void start() throws Exception {
    node = new ShellNode(folder.resolve("node"));
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
  }

  private String clean(int exitCode, String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = "clean";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    ShellNode.Said said = node.faasbench(folder, command);
    assertThat(said.exitCode()).as(said.text()).isEqualTo(exitCode);
    return said.text();
  }

  /** As a run leaves it, of which no file is there any more. */
  private void touchNode() throws Exception {
    Path file = node.experiment(folder);
    ShellNode.Said said = node.faasbench(folder, "doctor", file.toString());
    assertThat(said.exitCode()).as(said.text()).isZero();
    Files.delete(file);
  }

  @Test
  void theStateFileIsEnoughToReachANodeByTheEngineThatWasUsed() throws Exception {
    touchNode();
    Files.createFile(node.container());
    assertThat(clean(ExitCode.DONE)).contains("removed ").contains("left");
    assertThat(node.container()).doesNotExist();
    assertThat(clean(ExitCode.DONE)).contains("n1: nothing of faasbench's is there");
  }

  @Test
  void aNodeWhoseLoadCannotBeReadIsCleanedToo() throws Exception {
    touchNode();
    Files.createFile(node.container());
    node.program("bash", "#!/bin/sh\nexit 9\n");
    clean(ExitCode.DONE);
    assertThat(node.container()).doesNotExist();
  }

  @Test
  void aNodeThatIsGoneIsNamedAndTheOthersAreCleaned() throws Exception {
    touchNode();
    Path state = folder.resolve(".faasbench/state");
    String gone = "node\tgone\tme@127.0.0.1:1\tpasswordEnv=NODE_PASSWORD\n";
    Files.writeString(state, gone + Files.readString(state));
    Files.createFile(node.container());
    assertThat(clean(ExitCode.UNREACHABLE))
        .contains("gone (127.0.0.1:1)", "where the node is gone for good, take its lines out of")
        .contains("removed ");
    assertThat(node.container()).doesNotExist();
  }

  @Test
  void withoutAStateFileThereIsNothingToClean() throws Exception {
    assertThat(clean(ExitCode.DONE))
        .contains("nothing to clean: there is no " + folder.toRealPath() + "/.faasbench/state");
    assertThat(clean(ExitCode.DONE, "--all")).contains("nothing to clean");
    assertThat(folder.resolve(".faasbench")).doesNotExist();
  }

  @Test
  void aStateFileWithoutNodesSaysSo() throws Exception {
    Files.writeString(
        Files.createDirectory(folder.resolve(".faasbench")).resolve("state"), "made\timage\n");
    assertThat(clean(ExitCode.DONE))
        .contains("nothing to clean: ", "/state names no node that is up");
  }

  @Test
  void nodesThatFaasbenchMadeAndThatAreDownAreNotWaitedFor() throws Exception {
    Path home = Files.createDirectory(folder.resolve(".faasbench"));
    String key = home.toRealPath().resolve("id_ed25519").toString();
    Files.writeString(home.resolve("id_ed25519.pub"), "ssh-ed25519 AAAA faasbench\n");
    Files.writeString(home.resolve("state"), "node\tn9\tu@127.0.0.1:1\tidentity=" + key + "\n");
    Files.createDirectories(folder.resolve("node/here"));
    node.program("here/docker", "#!/bin/sh\nexit 0\n");
    assertThat(clean(ExitCode.DONE)).contains("n9: not up, so there is nothing to clean there");
  }

  @Test
  void anOverrideNeedsItsFile() throws Exception {
    assertThat(clean(ExitCode.MISTAKE, "--set", "seed=1")).contains("name the file too");
  }
}
