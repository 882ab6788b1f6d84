package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.Hostile;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.RunRequest;
import io.github.faasbench.cluster.ssh.session.Logins;
import io.github.faasbench.experiment.NodeSpec;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node whose SSH server, shell, metrics script or docker command says what it likes. */
@Timeout(120)
class HostileNodeTest {
  private static final RunRequest REQUEST =
      new RunRequest("c", "image", List.of("f"), Map.of(), "bridge", true, RunRequest.Demand.NONE);

  @TempDir Path state;
  private final ExecutorService threads = DaemonThreads.start();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  /** Where every command prints that, again and again, instead of what it was asked for. */
  private TestSshServer flooding(String printed) throws Exception {
    return new TestSshServer("while :; do printf '" + printed + "'; done; ");
  }

  private LoadProbe probe(SshLink link) {
    return new LoadProbe(link, "/metrics", "", new WallClockLoop());
  }

  /** Greets whoever connects with those bytes, until they leave or it is closed. */
  private ServerSocket greeting(byte[] bytes, long pauseMillis) throws IOException {
    ServerSocket server = new ServerSocket(0);
    threads.execute(
        () -> {
          while (!server.isClosed()) {
            try {
              Socket socket = server.accept();
              threads.execute(
                  () -> {
                    try (socket) {
                      while (!server.isClosed()) {
                        socket.getOutputStream().write(bytes);
                        Thread.sleep(pauseMillis);
                      }
                    } catch (IOException | InterruptedException e) {
                      return;
                    }
                  });
            } catch (IOException e) {
              return;
            }
          }
        });
    return server;
  }

  private void isRefused(byte[] greeting, long pauseMillis) throws Exception {
    try (ServerSocket server = greeting(greeting, pauseMillis)) {
      NodeSpec.Login login = NodeSpec.Login.NONE.passwordEnv("P");
      NodeSpec node =
          new NodeSpec(
              "n1", "127.0.0.1", server.getLocalPort(), "u", login, 1, 0, 1, NodeSpec.Limits.NONE);
      Path ssh = Files.createDirectories(state.resolve("home/.ssh"));
      Files.writeString(ssh.resolve("config"), "Host *\n  ConnectTimeout 1\n");
      long begun = System.nanoTime();
      try (SshLink link =
          new SshLink(new Logins(TestSshServer.settings(state, "x", line -> {})).to(node))) {
        assertThatThrownBy(link::connect)
            .isInstanceOf(NodeException.class)
            .hasMessageContaining("127.0.0.1:" + server.getLocalPort())
            .message()
            .doesNotContainPattern("[\\p{Cc}\\p{Cf}]")
            .hasSizeLessThan(3_000);
      }
      assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(20));
    }
  }

  @Test
  void aServerThatGreetsForEverIsGivenUp() throws Exception {
    isRefused("hello\r\n".repeat(1_000).getBytes(StandardCharsets.UTF_8), 0);
  }

  @Test
  void aServerThatGreetsForEverAndSlowlyIsGivenUp() throws Exception {
    isRefused("h\r\n".getBytes(StandardCharsets.UTF_8), 200);
  }

  @Test
  void aServerThatSpeaksSomethingElseIsGivenUp() throws Exception {
    isRefused("SSH-2.0-\u001b]0;x\u0007\r\n\u00ff".getBytes(StandardCharsets.UTF_8), 0);
    isRefused(new byte[10_000], 0);
    isRefused("HTTP/1.1 400 Bad Request\r\n\r\n".repeat(100).getBytes(StandardCharsets.UTF_8), 0);
  }

  @Test
  void aMetricsScriptThatPrintsALineWithoutEndIsTold() throws Exception {
    try (TestSshServer server = flooding("0123456789abcdef");
        SshLink link = server.link(state, java.util.Optional.empty(), line -> {})) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(probe(link)::read)
            .isInstanceOf(NodeException.class)
            .hasMessageContaining("the metrics script answered '")
            .message()
            .hasSizeLessThan(300);
      }
    }
  }

  /** Its line would be the first answer, and each answer the one of the question before. */
  @Test
  void aLoginShellThatPrintsALineIsNotTakenForALoad() throws Exception {
    try (TestSshServer server = new TestSshServer("echo Welcome; ");
        SshLink link = server.link(state, java.util.Optional.empty(), line -> {})) {
      String script = "while read x; do echo '{\"cpu\": 1, \"ram\": 2}'; done";
      var probe = new LoadProbe(link, "/none", script, new WallClockLoop());
      assertThatThrownBy(probe::connect)
          .isInstanceOf(NodeException.class)
          .hasMessageContaining("the metrics script answered 'Welcome' instead of")
          .hasMessageContaining("a login shell that prints by itself (in .bashrc)");
    }
  }

  @Test
  void aMetricsScriptThatPrintsJunkIsTold() {
    Hostile.each(
        "answers of a metrics script",
        400,
        hostile -> {
          String number =
              hostile.oneOf("1e999", "-1", "NaN", "1e308", "null", "\"1\"", "[]", "0x1");
          String line =
              hostile.oneOf(
                  "{\"cpu\": 1, \"ram\": " + number + "}",
                  "{\"cpu\": " + number + ", \"ram\": 1}",
                  hostile.text(),
                  "[".repeat(3_000),
                  new String(hostile.bytes(300), StandardCharsets.ISO_8859_1));
          assertThatThrownBy(() -> LoadProbe.parse(line, 0))
              .isInstanceOfSatisfying(
                  NodeException.class,
                  e -> assertThat(e.kind()).isEqualTo(NodeFailure.Kind.GARBLED))
              .message()
              .hasSizeLessThan(300)
              .doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
        });
  }

  @Test
  void aShellThatFloodsEndsNoCallAndFillsNoMemory() throws Exception {
    try (TestSshServer server = flooding("gigabytes of output, line by line\\n");
        SshLink link = server.link(state, java.util.Optional.empty(), line -> {})) {
      CliMarkers markers = new CliMarkers("nonce", System::nanoTime, () -> {});
      OutputCapture err = new OutputCapture(1_000);
      RemoteCommand command = link.exec("anything", markers, err);
      assertThatThrownBy(() -> command.await(2_000)).hasMessageContaining("no end within 2 s");
      assertThat(markers.lines("gigabytes")).isEmpty();
    }
  }

  @Test
  void markersOfAHostileShellAreBounded() {
    CliMarkers markers = new CliMarkers("nonce", System::nanoTime, () -> {});
    byte[] line = ("nonce layer " + "x".repeat(10_000) + "\n").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 10_000; i++) {
      markers.write(line, 0, line.length);
    }
    int kept = markers.lines("layer").stream().mapToInt(String::length).sum();
    assertThat(kept).isBetween(500_000, 1 << 20);
  }

  @Test
  void whateverTheShellTellsOfACallItEndsWithAValueOrAWord() throws Exception {
    // Prints what the script would, with the nonce that the script holds, and hostile fields.
    List<String> told = new ArrayList<>();
    Hostile.each(
        "calls by a hostile shell",
        60,
        hostile -> {
          StringBuilder said = new StringBuilder();
          Map<String, Integer> fields =
              new TreeMap<>(Map.of("pulled", 2, "end", 1, "inspect", 5, "removed", 2, "layer", 1));
          if (hostile.random().nextInt(8) == 0) {
            fields.put("nopull", 3);
          }
          for (String word : fields.keySet()) {
            if (hostile.random().nextInt(20) > 0) {
              said.append("m ").append(word).append(' ');
              int count = hostile.oneOf(fields.get(word), fields.get(word), 0, 7);
              for (int i = 0; i < count; i++) {
                String text = hostile.oneOf("0", "1", "7", "99999999999999999999", hostile.text());
                said.append(ShellQuote.word(text.replace("\0", ""))).append(' ');
              }
              said.append(">&1\n");
            }
          }
          String printing = "m() { printf \"%s %s\\n\" \"$n\" \"$*\"; }; " + said;
          String script =
              "n=$(cat /proc/$$/cmdline | tr '\\0' '\\n'"
                  + " | sed -n \"s/.*printf '%s %s.n' \\([0-9a-f]*\\) .*/\\1/p\" | head -n 1); "
                  + printing
                  + " exit 0; ";
          try (TestSshServer server = new TestSshServer(script);
              SshLink link = server.link(state, java.util.Optional.empty(), line -> {})) {
            CliEngine engine = new CliEngine(link, threads, new WallClockLoop());
            try {
              engine.run(REQUEST);
            } catch (NodeException e) {
              told.add(e.getMessage());
              assertThat(e.getMessage())
                  .doesNotContainPattern("[\\p{Cc}\\p{Cf}]")
                  .hasSizeLessThan(3_000);
            }
          }
        });
    assertThat(told).anyMatch(message -> message.contains("' instead of a number"));
  }
}
