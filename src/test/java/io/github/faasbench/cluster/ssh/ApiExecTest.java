package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.RunRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How an exec's end is found out when its stream ends before it. */
@Timeout(30)
class ApiExecTest {
  private static final String RUNNING = "{'Running':true,'ExitCode':null}";
  private static final String INSPECT = "GET /v1.41/exec/e1/json";

  private final FakeEngine fake = new FakeEngine();
  private final ExecutorService threads = DaemonThreads.start();
  private final WallClockLoop loop = new WallClockLoop();
  private final ApiEngine engine = new ApiEngine(fake::open, threads, loop);

  @BeforeEach
  void connect() throws Exception {
    fake.on("POST /v1.41/containers/c/exec", FakeEngine.json(201, "{'Id':'e1'}"));
    fake.on("POST /v1.41/exec/e1/start", FakeEngine.streamThatEnds());
    engine.connect();
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private CallResult exec() throws NodeException, IOException {
    return engine.exec(
        new RunRequest(
            "c", "image", List.of("f"), Map.of(), "bridge", false, RunRequest.Demand.NONE));
  }

  @Test
  void anEndThatTheEngineNeverTellsIsAskedFor() throws Exception {
    fake.on(
        INSPECT,
        FakeEngine.json(200, RUNNING),
        FakeEngine.json(200, RUNNING),
        FakeEngine.json(200, "{'Running':false,'ExitCode':7}"));
    long begun = loop.nowNanos();
    CallResult result = exec();
    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.execNanos()).isEqualTo(-1); // the engine told no times
    // Two waits for the word of its end, and not one moment of them hidden.
    assertThat(result.endedAtNanos() - begun)
        .isBetween(TimeUnit.SECONDS.toNanos(4), TimeUnit.SECONDS.toNanos(8));
    assertThat(fake.timesAsked(INSPECT)).isEqualTo(3);
  }

  @Test
  void anExecThatIsGoneWithItsContainerIsLost() {
    fake.on(
        INSPECT,
        FakeEngine.json(200, RUNNING),
        FakeEngine.json(404, "{'message':'No such exec instance: e1'}"));
    assertThatThrownBy(this::exec)
        .isInstanceOfSatisfying(
            NodeException.class, e -> assertThat(e.at("n").mayHaveRun()).isTrue())
        .hasMessageContaining("its end is not known (No such exec instance: e1)");
  }

  @Test
  void theEnginesWordOfTheEndStillCounts() throws Exception {
    fake.on(INSPECT, FakeEngine.json(200, RUNNING));
    fake.on(
        "POST /v1.41/exec/e1/start",
        wire -> {
          FakeEngine.streamThatEnds().over(wire);
          threads.execute(this::tellTheEnd);
        });
    CallResult result = exec();
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.execNanos()).isEqualTo(500);
    assertThat(fake.timesAsked(INSPECT)).isEqualTo(1);
  }

  private void tellTheEnd() {
    try {
      TimeUnit.MILLISECONDS.sleep(300);
      fake.event(
          "{'Action':'exec_start: f','Actor':{'Attributes':{'execID':'e1'}},'timeNano':100}");
      fake.event(
          "{'Action':'exec_die','Actor':{'Attributes':{'execID':'e1','exitCode':'3'}},"
              + "'timeNano':600}");
    } catch (InterruptedException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
