package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Marked secrets in every place that takes one: none of them comes out anywhere. */
@Timeout(300)
class SecretsTest {

  private static final String PASSWORD = "marked-PaSsWoRd-1é";
  private static final String PHRASE = "marked-PhRaSe-2";
  private static final String TOKEN = "marked-ToKeN-3";
  private static final String WRONG = "marked-WrOnG-4";

  /** A docker that pulls, runs and removes one image, and says the time. */
  private static final String SUDO =
      """
      #!/bin/sh
      shift 2
      now() { date -u +%Y-%m-%dT%H:%M:%S.%NZ; }
      case $1 in
        version) echo 1.41 ;;
        info) echo '{"ID":"engine","ServerVersion":"20.10","NCPU":2,"MemTotal":1}' ;;
        images) [ ! -e HERE/image ] || echo '{"Repository":"busybox","Tag":"latest","ID":"sha256:1"}' ;;
        pull)
          case $2 in *@*) echo 'manifest unknown' >&2; exit 1 ;; esac
          touch HERE/image; echo 'aaaaaaaaaaaa: Pull complete' ;;
        rmi) rm -f HERE/image ;;
        create) now >HERE/created; echo id ;;
        start) now >HERE/started; echo 'what the function says'; exit 3 ;;
        inspect) echo "$(cat HERE/created) $(cat HERE/started) $(now) 3" ;;
      esac
      """;

  private static final String FILE =
      """
      name: secrets
      nodes:
        - {name: by-password, host: 127.0.0.1, port: PORT, user: me, passwordEnv: NODE_PASSWORD}
        - {name: by-key, host: localhost, port: PORT, user: me, identity: key, passphraseEnv: PHRASE}
      engine: cli
      functions:
        - {name: f, image: busybox, command: ["true"]}
      policy: round-robin
      warming: cold
      invocations: 2
      """;

  @TempDir Path folder;
  private final SshServer server = SshServer.setUpDefaultServer();
  private final List<String> secrets = new ArrayList<>(List.of(PASSWORD, PHRASE, TOKEN, WRONG));
  private final Set<String> seenRunning = new ConcurrentSkipListSet<>();

  @BeforeEach
  void start() throws Exception {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Path sudo = Files.writeString(bin.resolve("sudo"), SUDO.replace("HERE", bin.toString()));
    assertThat(sudo.toFile().setExecutable(true)).isTrue();
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(256);
    CoreModuleProperties.TCP_NODELAY.set(server, true);
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(keys.generateKeyPair()));
    server.setPasswordAuthenticator((user, password, session) -> password.equals(PASSWORD));
    server.setPublickeyAuthenticator((user, key, session) -> true);
    String path = "PATH='" + bin + "':$PATH; ";
    server.setCommandFactory(
        (channel, command) ->
            new ProcessShellFactory(path + command, "/bin/sh", "-c", path + command)
                .createShell(channel));
    server.start();
    Path key = folder.resolve("key");
    List<String> keygen =
        List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", PHRASE, "-f", "" + key);
    assertThat(new ProcessBuilder(keygen).start().waitFor()).isZero();
    Files.readAllLines(key).stream().filter(line -> !line.startsWith("-")).forEach(secrets::add);
    Files.writeString(
        folder.resolve("e.yaml"), FILE.replace("PORT", Integer.toString(server.getPort())));
  }

  @AfterEach
  void stop() throws IOException {
    server.stop(true);
  }

  /** Runs it in a process of its own; what it prints is searched, and the processes meanwhile. */
  private String faasbench(int exitCode, String password, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Duser.home=" + folder, "-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().remove("SSH_AUTH_SOCK");
    builder.environment().putAll(Map.of("NODE_PASSWORD", password, "PHRASE", PHRASE));
    builder.environment().put("UNRELATED_TOKEN", TOKEN);
    Path said = Files.createTempFile(folder, "said", ".txt");
    Process process = builder.redirectOutput(said.toFile()).start();
    while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
      lookAtProcesses();
    }
    String text = Files.readString(said);
    assertThat(process.exitValue()).as(text).isEqualTo(exitCode);
    return text;
  }

  private void lookAtProcesses() throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process :
          processes.filter(path -> path.toString().matches("/proc/\\d+")).toList()) {
        try {
          String line = Files.readString(process.resolve("cmdline"), StandardCharsets.UTF_8);
          secrets.stream().filter(line::contains).forEach(seenRunning::add);
        } catch (IOException e) {
          continue; // it is over
        }
      }
    }
  }

  /** All files but those that the secrets were put into; answers their names. */
  private Set<String> searched() throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString();
        if (!name.equals("key")) {
          names.add(name.replaceFirst("[0-9a-f]{12}", "RUN"));
          String text = Files.readString(file, StandardCharsets.ISO_8859_1);
          for (String secret : secrets) {
            String bytes =
                new String(secret.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            assertThat(text.contains(bytes)).as("%s in %s", secret, name).isFalse();
          }
        }
      }
    }
    assertThat(seenRunning).as("in command lines").isEmpty();
    return names;
  }

  @Test
  void noSecretComesOutOfARunItsReportsAndTheOtherCommands() throws Exception {
    assertThat(faasbench(ExitCode.DONE, PASSWORD, "plan", "e.yaml")).contains("2 nodes");
    assertThat(faasbench(ExitCode.DONE, PASSWORD, "doctor", "e.yaml")).contains("engine");
    assertThat(faasbench(ExitCode.CALLS_FAILED, PASSWORD, "run", "-v", "e.yaml"))
        .contains("by-password", "by-key");
    faasbench(ExitCode.DONE, PASSWORD, "report", "out/metrics.csv", "--format", "json");
    faasbench(ExitCode.DONE, PASSWORD, "report", "out/metrics.csv", "--format", "md");
    faasbench(ExitCode.DONE, PASSWORD, "clean", "e.yaml");
    assertThat(faasbench(ExitCode.UNREACHABLE, WRONG, "run", "-v", "e.yaml", "--out", "no"))
        .contains("the password of $NODE_PASSWORD");
    assertThat(faasbench(ExitCode.UNREACHABLE, WRONG, "doctor", "e.yaml")).contains("refused");
    assertThat(searched())
        .contains(
            "out/metrics.csv",
            "out/report.html",
            "out/RUN/run.log",
            "out/RUN/environment.json",
            "out/RUN/experiment.yaml",
            "out/RUN/summary.json",
            ".faasbench/state")
        .anyMatch(name -> name.startsWith("out/RUN/outputs/"));
  }

  @Test
  void aSecretInTheWrongPlaceIsNotRepeated() throws Exception {
    String file = Files.readString(folder.resolve("e.yaml"));
    for (String line :
        List.of(
            "password: " + TOKEN,
            "passphrase: " + TOKEN,
            "passwordEnv: " + TOKEN,
            "passwordEnv: \"" + TOKEN + " x\"",
            "passphraseEnv: " + TOKEN,
            "host: \"me:" + TOKEN + "@localhost\"",
            "jump: \"me:" + TOKEN + "@localhost\"",
            "jump: [\"ssh://me:" + TOKEN + "@localhost\"]")) {
      String key = line.substring(0, line.indexOf(':'));
      String wrong = "  - {name: n, port: 1, user: me, " + line;
      isRefused(
          file.replaceFirst(
              "  - \\{name: by-password.*\\}",
              wrong + (key.equals("host") ? "}" : ", host: localhost}")));
    }
    isRefused(file.replace("busybox", "\"https://me:" + TOKEN + "@registry.example.org/x\""));
    isRefused(file.replace("busybox", "\"me:" + TOKEN + "@registry.example.org/x\""));
    isRefused(file, "--set", "nodes.0.password=" + TOKEN);
    isRefused(file, "--set", "nodes.0.passphrase=" + TOKEN);
    isRefused(file, "--set", "nodes.0.passwordEnv=" + TOKEN);
    isRefused(file, "--set", "functions.0.image=me:" + TOKEN + "@registry.example.org/x");
  }

  private void isRefused(String text, String... more) throws Exception {
    Path file = Files.writeString(folder.resolve("wrong.yaml"), text);
    List<String> arguments = new ArrayList<>(List.of("plan", file.toString()));
    arguments.addAll(List.of(more));
    StringWriter said = new StringWriter();
    int exitCode = Started.faasbench(said, said, arguments.toArray(String[]::new));
    assertThat(said.toString()).doesNotContain(TOKEN);
    assertThat(exitCode).as(text + String.join(" ", more)).isEqualTo(ExitCode.MISTAKE);
  }
}
