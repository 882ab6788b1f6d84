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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
          threads.execute(() -> tellTheEnd(3, 100, 600));
        });
    CallResult result = exec();
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.execNanos()).isEqualTo(500);
    assertThat(result.note()).isEmpty();
    assertThat(fake.timesAsked(INSPECT)).isEqualTo(1);
  }

  private void endsWith(int exitCode, long startedNanos, long diedNanos) {
    fake.on(INSPECT, FakeEngine.json(200, "{'Running':false,'ExitCode':" + exitCode + "}"));
    fake.on(
        "POST /v1.41/exec/e1/start",
        wire -> {
          FakeEngine.streamThatEnds().over(wire);
          threads.execute(() -> tellTheEnd(exitCode, startedNanos, diedNanos));
        });
  }

  @ParameterizedTest
  @ValueSource(longs = {3_600_000_000_000L, -3_600_000_000_000L, -2, 2_000_000_000})
  void aClockThatJumpsMeanwhileLeavesTheTimeUnmeasuredAndSaysSo(long jump) throws Exception {
    endsWith(0, 1_000_000_000_000_000_000L, 1_000_000_000_000_000_000L + jump);
    CallResult result = exec();
    assertThat(result.exitCode()).isZero();
    assertThat(result.execNanos()).isEqualTo(-1);
    assertThat(result.note()).contains("clock jumped meanwhile");
  }

  @Test
  void outOfMemoryIsToldApartFromAKill() throws Exception {
    endsWith(137, 100, 600);
    fake.on("GET /v1.41/containers/c/json", FakeEngine.json(200, "{'State':{'Running':true}}"));
    assertThat(exec().note()).startsWith("as after a SIGKILL");

    fake.on(
        "GET /v1.41/exec/e1/json",
        wire -> {
          fake.event("{'Action':'oom','Actor':{'Attributes':{'name':'another'}}}");
          fake.event("{'Action':'oom','Actor':{'Attributes':{'name':'c'}}}");
          FakeEngine.json(200, "{'Running':false,'ExitCode':137}").over(wire);
        });
    assertThat(exec().note()).isEqualTo("out of memory: killed by the kernel");
  }

  /** 126: the container had been killed when the command was to begin. */
  @ParameterizedTest
  @ValueSource(ints = {126, 137})
  void aCallThatIsKilledWithItsContainerIsLost(int exitCode) throws Exception {
    endsWith(exitCode, 100, 600);
    fake.on("GET /v1.41/containers/c/json", FakeEngine.json(200, "{'State':{'Running':false}}"));
    assertThatThrownBy(this::exec)
        .isInstanceOfSatisfying(
            NodeException.class, e -> assertThat(e.at("n").mayHaveRun()).isTrue())
        .hasMessageContaining("container c was killed while the function ran in it");
  }

  @Test
  void aCommandThatCannotBeRunHasEndedByItself() throws Exception {
    endsWith(126, 100, 600);
    fake.on("GET /v1.41/containers/c/json", FakeEngine.json(200, "{'State':{'Running':true}}"));
    assertThat(exec().exitCode()).isEqualTo(126);
    assertThat(exec().note()).isEmpty();
  }

  private void tellTheEnd(int exitCode, long startedNanos, long diedNanos) {
    try {
      TimeUnit.MILLISECONDS.sleep(300);
      String actor = "'Actor':{'Attributes':{'execID':'e1','exitCode':'" + exitCode + "'}}";
      fake.event("{'Action':'exec_start: f'," + actor + ",'timeNano':" + startedNanos + "}");
      fake.event("{'Action':'exec_die'," + actor + ",'timeNano':" + diedNanos + "}");
    } catch (InterruptedException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
