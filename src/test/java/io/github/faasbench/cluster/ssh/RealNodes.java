package io.github.faasbench.cluster.ssh;

import io.github.faasbench.cluster.ssh.session.LoginSettings;
import io.github.faasbench.cluster.ssh.session.Logins;
import io.github.faasbench.experiment.Experiment.EngineKind;
import io.github.faasbench.experiment.NodeSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The nodes that {@code nodes up} makes; tests with tag docker fail where they are missing. */
final class RealNodes {
  private RealNodes() {}

  static Path root() {
    return Path.of(System.getProperty("faasbench.test.root", "."));
  }

  static NodeSpec node(int number) {
    String identity = root().resolve(".faasbench/id_ed25519").toAbsolutePath().toString();
    return new NodeSpec(
        "ssh_node_" + number,
        "127.0.0.1",
        2200 + number,
        "sshuser",
        NodeSpec.Login.NONE.identity(identity),
        0.5,
        512L << 20,
        1,
        NodeSpec.Limits.NONE);
  }

  /** Ends the node's processes that serve its connections; the one that lets new ones in stays. */
  static void endConnections(int number) throws IOException, InterruptedException {
    String kill =
        "for p in /proc/[0-9]*; do"
            + " if [ \"$(cat $p/comm 2>/dev/null)\" = sshd ] && [ \"$(stat -c %U $p 2>/dev/null)\" = sshuser ];"
            + " then kill ${p#/proc/}; fi; done";
    String service = "label=com.docker.compose.service=node-" + number;
    Process docker =
        new ProcessBuilder(
                "sh", "-c", "docker exec $(docker ps -qf " + service + ") sh -c \"$1\"", "sh", kill)
            .inheritIO()
            .start();
    if (docker.waitFor() != 0) {
      throw new AssertionError("the connections of node " + number + " could not be ended");
    }
  }

  static SshLink link(Path state, int number) {
    return new SshLink(new Logins(settings(state)).to(node(number)));
  }

  static LoginSettings settings(Path state) {
    return LoginSettings.of(state, root(), LoginSettings.Prompt.NOBODY, line -> {});
  }

  static SshCluster connect(EngineKind engine, int... numbers) {
    List<NodeSpec> specs = java.util.Arrays.stream(numbers).mapToObj(RealNodes::node).toList();
    try {
      Path state = Files.createTempDirectory("faasbench-state");
      String script = Files.readString(root().resolve("nodes/get_node_metrics.sh"));
      return SshCluster.connect(specs, SshCluster.Settings.of(engine, settings(state), script));
    } catch (ConnectFailedException e) {
      throw new AssertionError("the test's nodes are not up: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
