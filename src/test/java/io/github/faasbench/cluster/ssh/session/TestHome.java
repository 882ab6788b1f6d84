package io.github.faasbench.cluster.ssh.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.Session;
import io.github.faasbench.experiment.NodeSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A user's home, environment and terminal, and keys made by OpenSSH's own ssh-keygen. */
final class TestHome {
  final Path home;
  final Path state;
  final Map<String, String> environment = new HashMap<>();

  /** What the user will type at the next prompts; none left: there is no terminal. */
  final Deque<String> typed = new ArrayDeque<>();

  final List<char[]> secrets = new ArrayList<>();
  final List<String> asked = new ArrayList<>();
  final List<String> log = new ArrayList<>();

  TestHome(Path folder) throws IOException {
    home = Files.createDirectories(folder.resolve("home"));
    state = Files.createDirectories(folder.resolve("state"));
    Files.createDirectories(home.resolve(".ssh"));
  }

  LoginSettings settings() {
    return new LoginSettings(state, home, home, environment::get, this::prompt, log::add);
  }

  private char[] prompt(String question) {
    asked.add(question);
    if (typed.isEmpty()) {
      return null;
    }
    char[] secret = typed.remove().toCharArray();
    secrets.add(secret);
    return secret;
  }

  Path ssh(String name) {
    return home.resolve(".ssh").resolve(name);
  }

  Path knownHosts() {
    return state.resolve("known_hosts");
  }

  void config(String text) throws IOException {
    Files.writeString(ssh("config"), text);
  }

  /** A new key pair in {@code .ssh}. */
  Path key(String name, String passphrase, String... options) throws Exception {
    Path file = ssh(name);
    List<String> words = new ArrayList<>(List.of("ssh-keygen", "-q", "-f", file.toString()));
    words.addAll(List.of("-N", passphrase, "-C", name));
    words.addAll(List.of(options));
    run(words.toArray(String[]::new));
    return file;
  }

  Path key(String name) throws Exception {
    return key(name, "", "-t", "ed25519");
  }

  static String run(String... words) throws Exception {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", String.join(" ", words), output).isZero();
    return output;
  }

  static String publicLine(Path privateKey) throws IOException {
    String[] words = Files.readString(Path.of(privateKey + ".pub")).strip().split(" ");
    return words[0] + " " + words[1];
  }

  static String fingerprint(Path privateKey) throws Exception {
    return run("ssh-keygen", "-lf", privateKey + ".pub").split(" ")[1];
  }

  SshLogin login(NodeSpec node) {
    return new Logins(settings()).to(node);
  }

  /** Logs in, runs a command, and tells what was negotiated. */
  Negotiated connect(NodeSpec node) throws Exception {
    try (SshLogin login = login(node)) {
      Session session = login.session();
      assertThat(echo(session, "hello")).isEqualTo("hello");
      session.disconnect();
      return login.negotiated();
    }
  }

  static String echo(Session session, String word) throws Exception {
    ChannelExec channel = (ChannelExec) session.openChannel("exec");
    channel.setCommand("echo " + word);
    var out = channel.getInputStream();
    channel.connect();
    String line = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
    channel.disconnect();
    return line;
  }
}
