package io.github.faasbench.cluster.sim;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.cluster.Answer;
import io.github.faasbench.cluster.CallResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every law is checked: a simulator broken on purpose in that respect is found out. */
class InvariantsTest {

  private final SimFixture node =
      new SimFixture()
          .cpu(2)
          .slots(3)
          .memory(512 * SimFixture.MIB)
          .function(
              "f",
              f -> {
                f.exec = 3;
                f.start = 1;
                f.memory = 128 * SimFixture.MIB;
              });
  private Answer<CallResult> first;

  /** Calls that run, calls that wait, and calls that are over. */
  @BeforeEach
  void isInTheMidstOfThings() {
    node.has("f");
    first = node.run("f");
    for (int i = 0; i < 6; i++) {
      node.run("f");
    }
    first.value();
    node.pass(2);
    assertThatCode(() -> node.cluster().verify()).doesNotThrowAnyException();
  }

  private void assertBroken(String law) {
    assertThatThrownBy(() -> node.cluster().verify())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the simulation broke an invariant, " + law + ", on node n1: ");
  }

  @Test
  void theyHoldToTheEnd() {
    node.pass(100);
    assertThatCode(() -> node.cluster().verify()).doesNotThrowAnyException();
  }

  @Test
  void aCallThatIsLostBreaksTheFlow() {
    node.host().books.arrived(node.loop().nowNanos());
    assertBroken("flow");
  }

  @Test
  void aSlotThatIsNotGivenBackBreaksTheFlow() {
    node.pass(100);
    node.host().room.slotFreed();
    assertBroken("flow");
  }

  @Test
  void aCallThatIsSaidToHaveArrivedAtAnotherTimeBreaksLittlesLaw() {
    node.pass(100);
    long now = node.loop().nowNanos();
    node.host().books.arrived(now);
    node.host().books.left(now - 1, now, now, now);
    assertBroken("Little's law");
  }

  @Test
  void aCallThatIsSaidToHaveEndedAtAnotherTimeBreaksLittlesLaw() {
    node.pass(100);
    long now = node.loop().nowNanos();
    node.host().books.arrived(now);
    node.host().books.left(now, now, now + 1, now);
    assertBroken("Little's law");
  }

  @Test
  void aProcessorThatServesFasterThanItsCoresBreaksTheBusyTime() {
    node.host().processor.pace(1.1);
    node.pass(1);
    assertBroken("busy time");
  }

  @Test
  void aProcessorThatServesSlowerThanItsCoresBreaksTheBusyTime() {
    node.host().processor.pace(0.5);
    node.pass(1);
    assertBroken("busy time");
  }

  @Test
  void memoryAboveTheCapIsFound() {
    node.host().room.use(512 * SimFixture.MIB);
    assertBroken("memory");
  }

  @Test
  void memoryThatIsGivenBackTwiceIsFound() {
    node.pass(100);
    node.host().room.use(-1);
    assertBroken("memory");
  }

  private void assertOutOfOrder(long arrivedAt, long beganAt, long endedAt) {
    var books = new Books();
    books.arrived(arrivedAt);
    books.left(arrivedAt, beganAt, endedAt, endedAt);
    var empty = new Room(1, 0, true, container -> {});
    assertThatThrownBy(() -> books.verify("n1", 9, empty, new Processor(1)))
        .hasMessageContaining("causality, on node n1: a call arrived at " + arrivedAt + " ns");
  }

  @Test
  void aCallThatBeganBeforeItArrivedBreaksCausality() {
    assertOutOfOrder(5, 4, 6);
  }

  @Test
  void aCallThatEndedBeforeItBeganBreaksCausality() {
    assertOutOfOrder(4, 6, 5);
  }

  @Test
  void timeThatGoesBackIsFound() {
    var books = new Books();
    books.arrived(5);
    books.left(4, 4, 4, 4);
    var empty = new Room(1, 0, true, container -> {});
    assertThatThrownBy(() -> books.verify("n1", 9, empty, new Processor(1)))
        .isInstanceOf(IllegalStateException.class);
  }
}
