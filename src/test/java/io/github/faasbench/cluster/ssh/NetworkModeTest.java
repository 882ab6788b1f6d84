package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cluster.RunRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The experiment's {@code network} reaches every container, whichever way the engine is told. */
class NetworkModeTest {
  private final FakeEngine fake = new FakeEngine();
  private final ExecutorService threads = DaemonThreads.start();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private static RunRequest request(String network) {
    return new RunRequest(
        "c", "image", List.of("f"), Map.of(), network, false, RunRequest.Demand.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bridge", "none", "host"})
  void theApiIsToldIt(String network) throws Exception {
    fake.on("POST /v1.41/containers/create", FakeEngine.json(201, "{'Id':'c1'}"));
    fake.on("POST /v1.41/containers/c1/attach", FakeEngine.streamThatEnds());
    fake.on("POST /v1.41/containers/c1/wait", FakeEngine.json(200, "{'StatusCode':0}"));
    fake.on("GET /v1.41/containers/c1/json", FakeEngine.json(200, "{'State':{}}"));
    fake.otherwise(FakeEngine.json(200, "{}"));
    ApiEngine engine = new ApiEngine(fake::open, threads, new WallClockLoop());
    engine.connect();
    String mode = "\"NetworkMode\":\"" + network + "\"";
    engine.startWaiting(request(network));
    assertThat(fake.last("POST /v1.41/containers/create")).contains("sleep", mode);
    try {
      engine.run(request(network));
    } catch (NodeException e) {
      assertThat(e).as("this engine has no times of it").hasMessageNotContaining("network");
    }
    assertThat(fake.last("POST /v1.41/containers/create")).doesNotContain("sleep").contains(mode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bridge", "none", "host"})
  void theCommandIsToldIt(String network) {
    assertThat(CliScript.run("nonce", request(network))).contains(" --network '" + network + "' ");
  }
}
