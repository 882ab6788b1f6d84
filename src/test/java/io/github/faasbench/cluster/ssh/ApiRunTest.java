package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

/** How a container of its own ends that was killed: by whom is told by the engine, or not yet. */
@Timeout(30)
class ApiRunTest {
  private static final String OF = "/v1.41/containers/c1";

  private final FakeEngine fake = new FakeEngine();
  private final ExecutorService threads = DaemonThreads.start();
  private final ApiEngine engine = new ApiEngine(fake::open, threads, new WallClockLoop());

  @BeforeEach
  void connect() throws Exception {
    fake.on("POST /v1.41/containers/create", FakeEngine.json(201, "{'Id':'c1'}"));
    fake.on("POST " + OF + "/attach", FakeEngine.streamThatEnds());
    fake.on("POST " + OF + "/wait", FakeEngine.json(200, "{'StatusCode':137}"));
    fake.on("POST " + OF + "/start", FakeEngine.json(200, ""));
    fake.on("DELETE " + OF, FakeEngine.json(200, ""));
    engine.connect();
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private String note(boolean oomKilled) throws NodeException, IOException {
    fake.on(
        "GET " + OF + "/json", FakeEngine.json(200, "{'State':{'OOMKilled':" + oomKilled + "}}"));
    return engine
        .run(
            new RunRequest(
                "c", "image", List.of("f"), Map.of(), "bridge", false, RunRequest.Demand.NONE))
        .note();
  }

  @Test
  void theEnginesRecordTells() throws Exception {
    assertThat(note(true)).isEqualTo("out of memory: killed by the kernel");
    assertThat(note(false)).startsWith("as after a SIGKILL");
  }

  @Test
  void theWordOfAShortMemoryMayComeAfterTheEnd() throws Exception {
    fake.on(
        "POST " + OF + "/start",
        wire -> {
          FakeEngine.json(200, "").over(wire);
          threads.execute(this::tellLate);
        });
    assertThat(note(false)).isEqualTo("out of memory: killed by the kernel");
  }

  @Test
  void anImageWithoutACommandOfItsOwnSaysWhatToDo() {
    fake.on(
        "POST /v1.41/containers/create",
        FakeEngine.json(400, "{'message':'no command specified'}"));
    var request =
        new RunRequest("c", "image", List.of(), Map.of(), "bridge", false, RunRequest.Demand.NONE);
    assertThatThrownBy(() -> engine.run(request))
        .hasMessage("image image has no command of its own; write `command` for the function");
  }

  private void tellLate() {
    try {
      TimeUnit.MILLISECONDS.sleep(200);
      fake.event("{'Action':'oom','Actor':{'Attributes':{'name':'c'}}}");
    } catch (InterruptedException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
