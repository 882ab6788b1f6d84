package io.github.faasbench.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.cluster.EventLoop;
import io.github.faasbench.random.Stream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SimLoopTest {

  private final SimLoop loop = new SimLoop();
  private final List<String> ran = new ArrayList<>();

  private Runnable note(String name) {
    return () -> ran.add(name + "@" + loop.nowNanos());
  }

  private void runUntilRan(int events) {
    loop.runUntil(() -> ran.size() == events);
  }

  @Test
  void eventsRunInTheOrderOfTheirTimes() {
    loop.after(30, note("c"));
    loop.after(10, note("a"));
    loop.after(20, note("b"));
    runUntilRan(3);
    assertThat(ran).containsExactly("a@10", "b@20", "c@30");
  }

  @Test
  void eventsOfOneInstantRunInTheOrderInWhichTheyWereAskedFor() {
    loop.after(
        10,
        () -> {
          ran.add("first@10");
          loop.post(note("posted first"));
          loop.after(0, note("due at once"));
          loop.post(note("posted last"));
        });
    loop.after(10, note("second"));
    runUntilRan(5);
    assertThat(ran)
        .containsExactly(
            "first@10", "second@10", "posted first@10", "due at once@10", "posted last@10");
  }

  @Test
  void aCancelledEventNeverRunsAndDoesNotMoveTheTime() {
    loop.after(10, note("never")).cancel();
    loop.after(20, note("a"));
    runUntilRan(1);
    assertThat(ran).containsExactly("a@20");
    EventLoop.Timer late = loop.after(5, note("b"));
    runUntilRan(2);
    late.cancel();
    assertThat(loop.nowNanos()).isEqualTo(25);
  }

  @Test
  void cancelledEventsDoNotPileUp() {
    for (int i = 0; i < 100_000; i++) {
      loop.after(1_000_000, note("never")).cancel();
    }
    assertThat(loop.held()).isLessThan(1000);
    assertThat(loop.pending()).isZero();
  }

  @Test
  void aQueueThatRunsDryIsAnError() {
    loop.after(1_500_000_000, () -> {});
    assertThatThrownBy(() -> loop.runUntil(() -> false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nothing left to do at 1.5 s");
  }

  @Test
  void timeBeginsWithTheYear2000() {
    assertThat(loop.nowNanos()).isZero();
    assertThat(loop.instantOf(1_000_001_999))
        .isEqualTo(Instant.parse("2000-01-01T00:00:01.000001Z"));
  }

  @Test
  void aTimeBeyondAllTimesIsTheLast() {
    loop.after(100, note("a"));
    runUntilRan(1);
    loop.after(Long.MAX_VALUE, note("end"));
    loop.after(5, note("b"));
    runUntilRan(3);
    assertThat(ran).containsExactly("a@100", "b@105", "end@" + Long.MAX_VALUE);
  }

  @Test
  void anotherThreadMayPost() throws Exception {
    loop.after(10, note("mine"));
    Thread other = new Thread(() -> loop.post(note("other")));
    other.start();
    other.join();
    runUntilRan(2);
    assertThat(ran).containsExactly("other@0", "mine@10");
  }

  /** Thousands of events that ask for and cancel others, against a sorted map. */
  @Test
  void anyMixOfEventsRunsInOrder() {
    var random = new Stream(7);
    var expected = new TreeMap<Long, List<Integer>>();
    var seen = new ArrayList<Integer>();
    var wanted = new ArrayList<Integer>();
    List<EventLoop.Timer> timers = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      int number = i;
      long due = random.nextInt(500);
      timers.add(loop.after(due, () -> seen.add(number)));
      expected.computeIfAbsent(due, time -> new ArrayList<>()).add(number);
    }
    for (int i = 0; i < 15_000; i++) {
      int number = random.nextInt(20_000);
      timers.get(number).cancel();
      expected.values().forEach(numbers -> numbers.remove((Integer) number));
    }
    expected.values().forEach(wanted::addAll);
    loop.runUntil(() -> seen.size() == wanted.size());
    assertThat(seen).isEqualTo(wanted);
  }
}
