package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellFactory;

/**
 * A node of which nothing is real but its SSH server and this machine's shell: {@code sudo docker}
 * is a script that knows an engine with one container, which a file stands for.
 */
final class ShellNode implements AutoCloseable {
  private static final String PASSWORD = "a node's";
  private static final String SUDO =
      """
      #!/bin/sh
      shift 2
      case $1 in
        version) echo 1.41 ;;
        info) echo '{"ID":"engine","ServerVersion":"20.10","NCPU":2,"MemTotal":1}' ;;
        ps) [ ! -e HERE/container ] || echo c1 ;;
        inspect) echo '{"id":"c1","name":"/left","image":"i","labels":{"io.github.faasbench.run":"r"},"running":true}' ;;
        rm) rm -f HERE/container ;;
      esac
      """;

  private final SshServer server = SshServer.setUpDefaultServer();
  private final Path bin;

  /** What the login shell does before each command, in the same shell. */
  private volatile String prelude = "";

  /**
   * @param folder of its own
   */
  ShellNode(Path folder) throws Exception {
    bin = Files.createDirectories(folder);
    program("sudo", SUDO.replace("HERE", bin.toString()));
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(256);
    CoreModuleProperties.TCP_NODELAY.set(server, true);
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(keys.generateKeyPair()));
    server.setPasswordAuthenticator((user, password, session) -> password.equals(PASSWORD));
    server.setCommandFactory(
        (channel, command) -> {
          String line = "PATH='" + bin + "':$PATH; " + prelude + command;
          return new ProcessShellFactory(line, "/bin/sh", "-c", line).createShell(channel);
        });
    server.start();
  }

  int port() {
    return server.getPort();
  }

  void beforeEachCommand(String line) {
    prelude = line;
  }

  /** Puts a program before all others of that name. */
  void program(String name, String text) throws IOException {
    Path program = Files.writeString(bin.resolve(name), text);
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  /** The container that a run left. */
  Path container() {
    return bin.resolve("container");
  }

  /** Writes an experiment that has it as its node {@code n1}. */
  Path experiment(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("e.yaml"),
        """
        name: e
        nodes:
          - {name: n1, host: 127.0.0.1, port: PORT, user: me, passwordEnv: NODE_PASSWORD}
        engine: cli
        functions:
          - {name: f, image: busybox, command: ["true"]}
        policy: round-robin
        warming: cold
        """
            .replace("PORT", Integer.toString(port())));
  }

  record Said(int exitCode, String text) {}

  /** Runs a command in a process of its own; output and errors together. */
  Said faasbench(Path folder, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Duser.home=" + folder, "-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    Path said = Files.createTempFile("said", ".txt");
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().remove("SSH_AUTH_SOCK");
    builder.environment().put("NODE_PASSWORD", PASSWORD);
    builder.environment().merge("PATH", bin + "/here:", (path, first) -> first + path);
    int exitCode = builder.redirectOutput(said.toFile()).start().waitFor();
    String text = Files.readString(said);
    Files.delete(said);
    return new Said(exitCode, text);
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }
}
