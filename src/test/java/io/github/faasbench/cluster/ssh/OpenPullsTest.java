package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pulls that a stop ends. */
@Timeout(30)
class OpenPullsTest {
  private final FakeEngine fake = new FakeEngine();
  private final ExecutorService threads = DaemonThreads.start();
  private final ApiEngine engine = new ApiEngine(fake::open, threads, new WallClockLoop());

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void aPullThatTakesForEverEndsAndNoOtherBegins() throws Exception {
    var asked = new CountDownLatch(1);
    fake.on("POST /v1.41/images/create", wire -> asked.countDown());
    engine.connect();
    Future<?> pull = threads.submit(() -> engine.pull("image"));
    asked.await();
    while (!engine.endPulls() && !pull.isDone()) {
      Thread.sleep(1); // asked for just before it could be ended
    }
    assertThatThrownBy(() -> pull.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class);
    assertThatThrownBy(() -> engine.pull("image"))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("no image is fetched any more: the run stops");
    assertThat(fake.timesAsked("POST /v1.41/images/create")).isLessThanOrEqualTo(2);
  }
}
