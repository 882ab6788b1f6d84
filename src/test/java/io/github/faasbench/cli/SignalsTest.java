package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that wait for something that does not end, and are told to stop. */
@Timeout(180)
class SignalsTest {

  /** Longer than any limit of a stage with its grace, on a busy machine. */
  private static final long MOST_SECONDS = 45;

  @TempDir private Path folder;

  private void await(Path file) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!Files.exists(file)) {
      assertThat(System.nanoTime()).as("waiting for " + file).isLessThan(end);
      Thread.sleep(20);
    }
  }

  private static boolean isAlive(Path pidFile) throws IOException {
    long pid = Long.parseLong(Files.readString(pidFile).strip());
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private static double secondsUntilEnd(Forked command) throws Exception {
    long begun = System.nanoTime();
    command.end();
    return (System.nanoTime() - begun) / 1e9;
  }

  private void nodesFile(String more, int port) throws IOException {
    Files.writeString(
        folder.resolve("e.yaml"),
        """
        name: e
        nodes: [{name: a, host: 127.0.0.1, port: %d, user: x, identity: .faasbench/id_ed25519}]
        functions: [{name: f, image: f, command: [f]}]
        policy: random
        warming: cold
        invocations: 5
        %s
        """
            .formatted(port, more));
  }

  /** {@code nodes up} with a docker that hangs when it is to bring them up. */
  private Forked hangingUp(String onTerm) throws Exception {
    nodesFile("cluster: {compose: nodes.yml}", 2201);
    Files.writeString(folder.resolve("nodes.yml"), "services: {}");
    Path docker = Files.createDirectory(folder.resolve("bin")).resolve("docker");
    Files.writeString(
        docker,
        """
        #!/bin/sh
        case " $* " in
          *" up "*)
            %s
            echo $$ >pid.part; mv pid.part pid
            while :; do sleep 1; done ;;
        esac
        """
            .formatted(onTerm));
    assertThat(docker.toFile().setExecutable(true)).isTrue();
    var up = new Forked(folder, "nodes up e.yaml", "export PATH=\"$PWD/bin:$PATH\"");
    await(folder.resolve("pid"));
    return up;
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
  void aBuildThatHangsEndsWithTheFirstSignal(String signal, int exitCode) throws Exception {
    Forked up = hangingUp("");
    up.signal(signal);
    assertThat(secondsUntilEnd(up)).isLessThan(MOST_SECONDS);
    assertThat(up.end()).as(up.errors()).isEqualTo(exitCode);
    assertThat(up.errors())
        .contains("stopping on SIG" + signal + ": no new work begins; ending the commands")
        .contains("interrupted before its end");
    assertThat(isAlive(folder.resolve("pid"))).isFalse();
  }

  @Test
  void aSecondSignalEndsAtOnceAndNamesWhatIsLeft() throws Exception {
    Forked up = hangingUp("trap '' TERM INT");
    up.signal("TERM");
    up.await("stopping on SIGTERM");
    up.signal("TERM");
    up.end();
    assertThat(up.errors())
        .contains("ended at once; what is left:")
        .contains("nodes that were being brought up: `faasbench nodes down e.yaml` ends them");
    assertThat(up.end()).isEqualTo(143);
  }

  @Test
  void aServerThatTakesAConnectionAndSaysNothingHoldsNoStopUp() throws Exception {
    try (var server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
      nodesFile("", server.getLocalPort());
      String key = "mkdir .faasbench; ssh-keygen -q -t ed25519 -N '' -f .faasbench/id_ed25519";
      var run = new Forked(folder, "run e.yaml --no-report", key);
      server.setSoTimeout(60_000);
      server.accept();
      run.interrupt();
      assertThat(secondsUntilEnd(run)).isLessThan(10); // to give up connecting takes 15
      assertThat(run.end()).as(run.errors()).isEqualTo(ExitCode.INTERRUPTED);
      assertThat(run.errors()).contains("stopping on SIGINT").doesNotContain("connecting failed");
    }
  }

  /** As under {@code nohup}: the run that hangs up goes on to its end. */
  @Test
  void aHangUpThatIsIgnoredStaysIgnored() throws Exception {
    simulated(20_000);
    var run = new Forked(folder, "run e.yaml --no-report", "trap '' HUP");
    run.await("simulated: it runs as fast");
    run.signal("HUP");
    assertThat(run.end()).as(run.errors()).isZero();
    assertThat(run.errors()).doesNotContain("stopping");
  }

  @Test
  void aHangUpEndsARunAsATerminationDoes() throws Exception {
    simulated(2_000_000);
    var run = new Forked(folder, "run e.yaml --no-report");
    run.awaitRows(1_000);
    run.signal("HUP");
    assertThat(run.end()).as(run.errors()).isEqualTo(129);
    assertThat(run.errors()).contains("stopping on SIGHUP").contains("to go on with it: ");
  }

  private void simulated(int invocations) throws IOException {
    Files.writeString(
        folder.resolve("e.yaml"),
        """
        name: e
        backend: sim
        nodes: {count: 4, cpu: 2}
        functions: [{name: f, model: {exec: "exponential(mean=1s)"}}]
        policy: random
        warming: cold
        workload: {poisson: {rate: 1/s}}
        invocations: %d
        """
            .formatted(invocations));
  }
}
