package io.github.faasbench.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cluster.Answer;
import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.Faults;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Containers with a process that waits for lines, and stands still between them. */
class PausedContainersTest {

  private static final long SECOND = SimFixture.SECOND;

  private final SimFixture f =
      new SimFixture()
          .faulty()
          .function(
              "f",
              model -> {
                model.start = 2;
                model.init = 1;
                model.unpause = .25;
                model.exec = 4;
                model.cores = 1;
              })
          .has("f");

  @AfterEach
  void theLawsHold() {
    f.cluster().verify();
  }

  private static void assertParts(CallResult result, double start, double exec) {
    assertThat(result.startNanos()).isEqualTo(Math.round(start * SECOND));
    assertThat(result.execNanos()).isEqualTo(Math.round(exec * SECOND));
    assertThat(result.queuedNanos()).isZero();
  }

  @Test
  void theRuntimeStartsWithTheContainerAndACallIsItsWorkAlone() {
    long begun = f.loop().nowNanos();
    f.resident("f", "c", false);
    assertThat(f.loop().nowNanos() - begun).isEqualTo(3 * SECOND);
    assertParts(f.line("f", "c", false).value(), 0, 4);
  }

  @Test
  void aPausedContainerIsUnpausedForEachCall() {
    f.resident("f", "c", true);
    assertParts(f.line("f", "c", true).value(), .25, 4);
    assertParts(f.line("f", "c", true).value(), .25, 4);
  }

  @Test
  void aContainerIsPausedOnlyAfterTheCallThatSaysSo() {
    f.resident("f", "c", false);
    assertParts(f.line("f", "c", true).value(), 0, 4);
    assertParts(f.line("f", "c", false).value(), .25, 4);
    assertParts(f.line("f", "c", true).value(), 0, 4);
  }

  @Test
  void whoeverComesWhileItIsUnpausedBeginsWithTheFirstAndLaterOnesAtOnce() {
    f.resident("f", "c", true);
    Answer<CallResult> first = f.line("f", "c", true);
    f.pass(.1);
    Answer<CallResult> second = f.line("f", "c", true);
    f.pass(1);
    Answer<CallResult> third = f.line("f", "c", true);
    // The three share one core: the first two alone for .85 s, then all for what is left.
    assertParts(first.value(), .25, .85 + 3 * (4 - .425));
    assertParts(second.value(), .15, .85 + 3 * (4 - .425));
    assertParts(third.value(), 0, 3 * (4 - .425) + .425);
    assertParts(f.line("f", "c", true).value(), .25, 4);
  }

  @Test
  void aContainerThatIsKilledWhileItIsUnpausedEndsAllItsCalls() {
    f.resident("f", "c", true);
    Answer<CallResult> first = f.line("f", "c", true);
    Answer<CallResult> second = f.line("f", "c", true);
    f.pass(.1);
    f.<Void>ask(done -> f.node().removeContainer("c", done)).value();
    assertThat(first.value().exitCode()).isEqualTo(SimCall.KILLED);
    assertThat(second.value().exitCode()).isEqualTo(SimCall.KILLED);
    f.pass(10);
    assertThat(f.host().room.running()).isZero();
  }

  @Test
  void onANodeThatStandsStillNothingIsUnpaused() {
    f.resident("f", "c", true);
    Answer<CallResult> call = f.line("f", "c", true);
    var freeze = new Faults.Fault(Faults.Kind.FREEZE, "n1", 1);
    f.<Long>ask(done -> f.cluster().faults().begin(freeze, done)).value();
    f.pass(5);
    f.<Long>ask(done -> f.cluster().faults().end(freeze, done)).value();
    assertParts(call.value(), 5.25, 4);
  }
}
