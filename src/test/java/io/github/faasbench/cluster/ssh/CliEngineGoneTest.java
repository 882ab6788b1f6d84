package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.cluster.RunRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine that is gone, as docker tells it, is no function that failed. */
@Timeout(60)
class CliEngineGoneTest {
  private static final String GONE =
      "Cannot connect to the Docker daemon at unix:///var/run/docker.sock."
          + " Is the docker daemon running?";

  @TempDir Path folder;
  private final ExecutorService threads = DaemonThreads.start();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  /** A docker that does that, whatever it is asked. */
  private CliEngine engine(TestSshServer server) {
    return new CliEngine(
        server.link(folder, Optional.of("off"), line -> {}), threads, new WallClockLoop());
  }

  private TestSshServer server(String docker) throws Exception {
    Path sudo = Files.writeString(folder.resolve("sudo"), "#!/bin/sh\n" + docker + "\n");
    Files.setPosixFilePermissions(sudo, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new TestSshServer("PATH=" + folder + ":$PATH; export PATH; ");
  }

  private static RunRequest request() {
    return new RunRequest(
        "c", "image", List.of("f"), Map.of(), "bridge", false, RunRequest.Demand.NONE);
  }

  @Test
  void aCallInAWaitingContainerMayHaveRun() throws Exception {
    try (TestSshServer server = server("echo half; echo '" + GONE + "' >&2; exit 1")) {
      CliEngine engine = engine(server);
      assertThatThrownBy(() -> engine.exec(request()))
          .isInstanceOfSatisfying(
              NodeException.class, e -> assertThat(e.at("n").mayHaveRun()).isTrue())
          .hasMessageContaining("the engine was gone before the call's end");
    }
  }

  @Test
  void aCallInItsOwnContainerMayHaveRun() throws Exception {
    String docker = "case \"$*\" in *create*) echo id;; *) echo '" + GONE + "' >&2; exit 1;; esac";
    try (TestSshServer server = server(docker)) {
      CliEngine engine = engine(server);
      assertThatThrownBy(() -> engine.run(request()))
          .isInstanceOfSatisfying(
              NodeException.class, e -> assertThat(e.at("n").mayHaveRun()).isTrue())
          .hasMessageContaining("the engine was gone before the call's end");
    }
  }

  @Test
  void aFunctionMayFailAndSpeakOfIt() throws Exception {
    try (TestSshServer server = server("echo '" + GONE + "'; echo I am a function; exit 1")) {
      assertThat(engine(server).exec(request()).exitCode()).isEqualTo(1);
    }
  }
}
