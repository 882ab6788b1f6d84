package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.cluster.PullResult;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pulls that several wait for, some of them not to the end. */
@Timeout(60)
class ImagePullsTest {
  private final ExecutorService threads = DaemonThreads.start();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch givenUp = new CountDownLatch(1);
  private final CompletableFuture<PullResult> engine = new CompletableFuture<>();
  private final ImagePulls pulls = new ImagePulls(image -> fetched(), threads);

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private PullResult fetched() throws NodeException, IOException {
    begun.countDown();
    try {
      return Deadline.current().await(engine);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (IOException e) {
      givenUp.countDown();
      throw e;
    }
  }

  private Future<PullResult> pull(Deadline deadline) {
    CompletableFuture<PullResult> result = new CompletableFuture<>();
    threads.execute(
        deadline.carrying(
            () -> {
              try {
                result.complete(pulls.pull("image"));
              } catch (NodeException | IOException e) {
                result.completeExceptionally(e);
              }
            }));
    return result;
  }

  @Test
  void aPullIsGivenUpWhenNobodyWaitsForItAnyMore() throws Exception {
    Deadline first = new Deadline(() -> {});
    Future<PullResult> one = pull(first);
    begun.await();
    first.end();
    assertThatThrownBy(() -> one.get(20, TimeUnit.SECONDS))
        .hasMessageContaining("it has not answered the pull of image for");
    assertThat(givenUp.await(20, TimeUnit.SECONDS)).isTrue();
    engine.complete(new PullResult(7, 0, 1, false));
    assertThat(pull(new Deadline(() -> {})).get(20, TimeUnit.SECONDS).shared())
        .as("another pull")
        .isFalse();
  }

  @Test
  void aPullThatAnotherOneWaitsForOutlivesWhoBeganIt() throws Exception {
    Deadline first = new Deadline(() -> {});
    Future<PullResult> one = pull(first);
    begun.await();
    Future<PullResult> other = pull(new Deadline(() -> {}));
    while (pulls.waiting("image") < 2) {
      Thread.onSpinWait();
    }
    first.end();
    assertThatThrownBy(() -> one.get(20, TimeUnit.SECONDS)).isNotNull();
    engine.complete(new PullResult(7, 0, 1, false));
    assertThat(givenUp.getCount()).isEqualTo(1);
    assertThat(other.get(20, TimeUnit.SECONDS)).isEqualTo(new PullResult(7, 0, 1, true));
  }
}
