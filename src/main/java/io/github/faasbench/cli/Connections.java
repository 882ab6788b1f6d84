package io.github.faasbench.cli;

import io.github.faasbench.cluster.ssh.ConnectFailedException;
import io.github.faasbench.cluster.ssh.SshCluster;
import io.github.faasbench.cluster.ssh.session.LoginSettings;
import io.github.faasbench.experiment.Experiment.EngineKind;
import io.github.faasbench.experiment.NodeSpec;
import io.github.faasbench.provision.StateFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * How nodes are connected to; each that was is noted in the state file.
 *
 * @param engine how Docker is spoken to
 * @param folder where relative paths of keys are looked for, beside the working directory
 */
record Connections(EngineKind engine, Path folder, StateFile state) {

  /**
   * Connects to all of the nodes.
   *
   * @param change of the settings that hold for all connections
   */
  SshCluster to(
      List<NodeSpec> nodes, Consumer<String> log, UnaryOperator<SshCluster.Settings> change)
      throws CliException, IOException {
    LoginSettings login = LoginSettings.of(StateFolder.path(), folder, new TerminalPrompt(), log);
    long begun = System.nanoTime();
    try {
      var settings = SshCluster.Settings.of(engine, login, metricsScript());
      SshCluster cluster = SshCluster.connect(nodes, change.apply(settings));
      double seconds = (System.nanoTime() - begun) / 1e9;
      log.accept(
          String.format(Locale.ROOT, "connected to %d node(s) in %.2f s", nodes.size(), seconds));
      for (NodeSpec node : nodes) {
        state.touched(node, fromAnywhere(node.login(), login), engine);
      }
      return cluster;
    } catch (ConnectFailedException e) {
      throw CliException.unreachable(e.getMessage());
    }
  }

  /** With paths that hold from any folder. */
  private static NodeSpec.Login fromAnywhere(NodeSpec.Login login, LoginSettings settings) {
    if (login.identity().isPresent()) {
      login = login.identity(absolute(login.identity().get(), settings));
    }
    boolean configured = login.sshConfig().filter(path -> !path.equals("off")).isPresent();
    return configured ? login.sshConfig(absolute(login.sshConfig().get(), settings)) : login;
  }

  private static String absolute(String path, LoginSettings settings) {
    return settings.locate(path).toAbsolutePath().normalize().toString();
  }

  private static String metricsScript() throws IOException {
    try (InputStream script = Connections.class.getResourceAsStream("get_node_metrics.sh")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
