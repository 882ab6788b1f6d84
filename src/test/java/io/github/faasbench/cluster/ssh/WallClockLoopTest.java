package io.github.faasbench.cluster.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cluster.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WallClockLoopTest {
  private final WallClockLoop loop = new WallClockLoop();
  private final List<String> seen = new ArrayList<>();

  @Test
  void actionsRunInTheOrderInWhichTheyWerePosted() throws InterruptedException {
    loop.post(() -> seen.add("a"));
    loop.post(() -> seen.add("b"));
    loop.runUntil(() -> seen.size() == 2);
    assertThat(seen).containsExactly("a", "b");
  }

  @Test
  void timersRunWhenDueAndInOrder() throws InterruptedException {
    long begun = loop.nowNanos();
    loop.after(TimeUnit.MILLISECONDS.toNanos(40), () -> seen.add("late"));
    loop.after(TimeUnit.MILLISECONDS.toNanos(20), () -> seen.add("early"));
    loop.runUntil(() -> seen.size() == 2);
    assertThat(seen).containsExactly("early", "late");
    assertThat(loop.nowNanos() - begun).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(40));
  }

  @Test
  void aCancelledTimerDoesNotRun() throws InterruptedException {
    EventLoop.Timer timer = loop.after(1_000_000, () -> seen.add("cancelled"));
    timer.cancel();
    loop.after(5_000_000, () -> seen.add("end"));
    loop.runUntil(() -> !seen.isEmpty());
    assertThat(seen).containsExactly("end");
    timer.cancel();
  }

  @Test
  void anotherThreadsPostWakesTheLoop() throws InterruptedException {
    Thread poster = new Thread(() -> loop.post(() -> seen.add(Thread.currentThread().getName())));
    loop.after(TimeUnit.SECONDS.toNanos(20), () -> seen.add("too late"));
    poster.start();
    loop.runUntil(() -> !seen.isEmpty());
    assertThat(seen).containsExactly(Thread.currentThread().getName());
  }

  @Test
  void theConditionIsCheckedBeforeAnyAction() throws InterruptedException {
    loop.post(() -> seen.add("not yet"));
    loop.runUntil(() -> true);
    assertThat(seen).isEmpty();
  }

  @Test
  void instantsFollowTheWallClock() {
    Instant now = loop.instantOf(loop.nowNanos());
    assertThat(Duration.between(now, Instant.now()).abs()).isLessThan(Duration.ofSeconds(1));
    assertThat(loop.instantOf(1_000)).isEqualTo(loop.instantOf(0).plusNanos(1_000));
  }
}
