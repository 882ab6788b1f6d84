package io.github.faasbench.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cluster.Answer;
import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.ClusterListener;
import io.github.faasbench.cluster.NodeFailure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Slots, memory, and the line of those that wait for them. */
class RoomTest {

  private static final long MIB = SimFixture.MIB;

  private final SimFixture node = new SimFixture().cpu(8).function("f", f -> f.memory = 128 * MIB);
  private final List<String> evicted = new ArrayList<>();

  private SimFixture listened() {
    node.cluster()
        .listen(
            new ClusterListener() {
              @Override
              public void load(int index, double cpu, double ram, long takenAtNanos) {}

              @Override
              public void evicted(int index, String container) {
                evicted.add(container);
              }
            });
    return node.has("f");
  }

  @AfterEach
  void theLawsHold() {
    node.cluster().verify();
  }

  @Test
  void furtherCallsThanSlotsWaitFirstInFirstOut() {
    node.slots(2).has("f");
    List<Answer<CallResult>> calls = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      calls.add(node.run("f"));
    }
    assertThat(calls.stream().map(node::end)).containsExactly(1.0, 1.0, 2.0, 2.0, 3.0);
    assertThat(calls.stream().map(call -> call.value().queuedNanos() / SimFixture.SECOND))
        .containsExactly(0L, 0L, 1L, 1L, 2L);
    assertThat(calls.get(4).value().execNanos()).isEqualTo(SimFixture.SECOND);
  }

  @Test
  void callsInWaitingContainersTakeSlotsToo() {
    node.slots(1).has("f").waiting("f", "w");
    Answer<CallResult> first = node.exec("f", "w");
    Answer<CallResult> second = node.run("f");
    Answer<CallResult> third = node.exec("f", "w");
    assertThat(List.of(node.end(first), node.end(second), node.end(third)))
        .containsExactly(1.0, 2.0, 3.0);
  }

  @Test
  void aNodeWithoutAFreeSlotRejectsWhenItIsToldTo() {
    node.slots(1).rejects().has("f");
    Answer<CallResult> first = node.run("f");
    NodeFailure failure = node.run("f").failure();
    assertThat(failure.kind()).isEqualTo(NodeFailure.Kind.FULL);
    assertThat(failure.message()).isEqualTo("n1: its slot is taken");
    assertThat(failure.mayHaveRun()).isFalse();
    assertThat(node.end(first)).isEqualTo(1);
    node.run("f").value();
  }

  @Test
  void callsWaitForMemoryAsForSlots() {
    node.memory(256 * MIB).has("f");
    List<Answer<CallResult>> calls = List.of(node.run("f"), node.run("f"), node.run("f"));
    assertThat(calls.stream().map(node::end)).containsExactly(1.0, 1.0, 2.0);
    assertThat(node.host().room.mostUsed()).isEqualTo(256 * MIB);
    assertThat(node.host().room.used()).isZero();
  }

  @Test
  void aContainerThatWillWaitForCallsSaysHowLongItWaitedForMemory() {
    node.memory(128 * MIB).has("f");
    node.run("f");
    var start =
        node.<Long>ask(done -> node.node().startWaiting(node.request("f", "w", false), done));
    assertThat(start.value()).isEqualTo(SimFixture.SECOND);
  }

  @Test
  void aNodeWithoutMemoryRejectsWithTheReasonWhenItIsToldTo() {
    node.memory(300 * MIB).rejects().has("f");
    node.run("f");
    node.run("f");
    NodeFailure failure = node.run("f").failure();
    assertThat(failure.kind()).isEqualTo(NodeFailure.Kind.FULL);
    assertThat(failure.message())
        .isEqualTo(
            "n1: no memory for a container of f: it takes 128 MiB, and of 300 MiB containers at"
                + " work have 256 MiB");
    node.pass(2);
  }

  @Test
  void aContainerThatCanNeverFitIsRejectedAlways() {
    node.memory(100 * MIB).has("f");
    NodeFailure call = node.run("f").failure();
    NodeFailure start =
        node.<Long>ask(done -> node.node().startWaiting(node.request("f", "w", false), done))
            .failure();
    assertThat(List.of(call.kind(), start.kind())).containsOnly(NodeFailure.Kind.FULL);
    assertThat(call.message())
        .isEqualTo("n1: a container of f takes 128 MiB, and the node has 100 MiB in all");
  }

  @Test
  void idleContainersMakeRoomLeastRecentlyUsedFirstAndOnlyAsManyAsAreNeeded() {
    node.memory(512 * MIB).function("big", f -> f.memory = 200 * MIB);
    listened().has("big").waiting("f", "a").waiting("f", "b").waiting("f", "c").waiting("f", "d");
    node.exec("f", "a").value(); // a is now the one that was used last
    node.run("big").value();
    assertThat(evicted).containsExactly("b", "c");
    assertThat(node.host().containers.all())
        .extracting(container -> container.name.toString())
        .containsExactlyInAnyOrder("a", "d");
    node.exec("f", "a").value();
    assertThat(node.exec("f", "b").failure().kind()).isEqualTo(NodeFailure.Kind.ENGINE);
  }

  @Test
  void nothingIsEvictedInVain() {
    node.memory(512 * MIB)
        .function(
            "big",
            f -> {
              f.memory = 300 * MIB;
              f.exec = 1;
            });
    listened().has("big").waiting("f", "idle");
    Answer<CallResult> atWork = node.run("big");
    Answer<CallResult> waits = node.run("big");
    node.pass(0.5);
    assertThat(evicted).isEmpty();
    assertThat(List.of(node.end(atWork), node.end(waits))).containsExactly(1.0, 2.0);
    assertThat(evicted).isEmpty();
  }

  @Test
  void aBusyContainerIsNotEvicted() {
    node.memory(128 * MIB);
    listened().waiting("f", "busy");
    Answer<CallResult> busy = node.exec("f", "busy");
    Answer<CallResult> newcomer = node.run("f");
    node.pass(0.5);
    assertThat(evicted).isEmpty();
    assertThat(node.end(busy)).isEqualTo(1);
    assertThat(node.end(newcomer)).isEqualTo(2);
    assertThat(evicted).containsExactly("busy");
  }

  @Test
  void aStartedContainerIsThereForTheCallThatAskedForIt() {
    node.memory(128 * MIB);
    listened();
    var request = node.request("f", "w", false);
    Answer<CallResult>[] call = newCall();
    node.node()
        .startWaiting(
            request,
            new io.github.faasbench.cluster.Callback<>() {
              @Override
              public void done(Long queued) {
                call[0] = node.exec("f", "w");
              }

              @Override
              public void failed(NodeFailure failure) {
                throw new AssertionError(failure);
              }
            });
    Answer<CallResult> newcomer = node.run("f");
    node.pass(0);
    assertThat(node.end(call[0])).isEqualTo(1);
    assertThat(node.end(newcomer)).isEqualTo(2);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Answer<CallResult>[] newCall() {
    return new Answer[1];
  }

  @Test
  void theFirstInTheLineHoldsUpThoseWhoWouldFit() {
    node.memory(512 * MIB).function("big", f -> f.memory = 400 * MIB).has("f").has("big");
    Answer<CallResult> first = node.run("f");
    Answer<CallResult> big = node.run("big");
    Answer<CallResult> small = node.run("f");
    assertThat(List.of(node.end(first), node.end(big), node.end(small)))
        .containsExactly(1.0, 2.0, 3.0);
  }

  @Test
  void aCallInAContainerThatIsTherePassesOneThatWaitsForItsMemory() {
    node.memory(128 * MIB).has("f").waiting("f", "w");
    Answer<CallResult> first = node.exec("f", "w");
    Answer<CallResult> newcomer = node.run("f");
    Answer<CallResult> second = node.exec("f", "w");
    node.pass(0);
    // Both share the container's core; if the second waited, nobody would ever go on.
    assertThat(List.of(node.end(first), node.end(second), node.end(newcomer)))
        .containsExactly(2.0, 2.0, 3.0);
  }

  @Test
  void removingAContainerEndsItsCallsAndFreesTheirRoom() {
    node.memory(128 * MIB).slots(1).has("f").waiting("f", "w");
    Answer<CallResult> running = node.exec("f", "w");
    Answer<CallResult> waiting = node.exec("f", "w");
    Answer<CallResult> newcomer = node.run("f");
    node.pass(0.25);
    node.<Void>ask(done -> node.node().removeContainer("w", done)).value();
    assertThat(running.value().exitCode()).isEqualTo(137);
    assertThat(running.value().execNanos()).isEqualTo(SimFixture.SECOND / 4);
    assertThat(waiting.value().exitCode()).isEqualTo(137);
    assertThat(waiting.value().queuedNanos()).isEqualTo(SimFixture.SECOND / 4);
    assertThat(node.end(newcomer)).isEqualTo(1.25);
  }

  @Test
  void aCallThatWaitsInTheLineIsWithdrawnByItsContainersName() {
    node.slots(1).has("f");
    Answer<CallResult> first = node.run("f");
    Answer<CallResult> withdrawn = node.run("f", "mine");
    Answer<CallResult> third = node.run("f");
    node.pass(0.5);
    node.<Void>ask(done -> node.node().removeContainer("mine", done)).value();
    assertThat(withdrawn.value().exitCode()).isEqualTo(137);
    assertThat(List.of(node.end(first), node.end(third))).containsExactly(1.0, 2.0);
  }

  @Test
  void aContainerThatIsRemovedWhileItStartsFails() {
    node.function("slow", f -> f.start = 10).has("slow");
    Answer<Long> start =
        node.ask(done -> node.node().startWaiting(node.request("slow", "w", false), done));
    node.pass(1);
    node.<Void>ask(done -> node.node().removeContainer("w", done)).value();
    assertThat(start.failure().message()).contains("w was removed while it started");
    node.pass(20);
    assertThat(node.host().containers.all()).isEmpty();
  }
}
