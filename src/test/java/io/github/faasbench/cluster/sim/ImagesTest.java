package io.github.faasbench.cluster.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cluster.Answer;
import io.github.faasbench.cluster.CallResult;
import io.github.faasbench.cluster.NodeFailure;
import io.github.faasbench.cluster.PullResult;
import org.junit.jupiter.api.Test;

/** Image pulls and container starts of simulated nodes. */
class ImagesTest {

  private final SimFixture node = new SimFixture();

  private Answer<PullResult> pull(String function) {
    return node.ask(done -> node.node().pull("localhost:5055/" + function, done));
  }

  @Test
  void aColdCallPullsStartsAndRunsAndSaysHowLongEachTook() {
    node.function(
        "f",
        f -> {
          f.pull = 1.1;
          f.start = 0.25;
          f.init = 0.5;
          f.exec = 3;
        });
    CallResult result = node.cold("f").value();
    assertThat(result.pullNanos()).isEqualTo(1_100_000_000L);
    assertThat(result.startNanos()).isEqualTo(750_000_000L);
    assertThat(result.execNanos()).isEqualTo(3_000_000_000L);
    assertThat(result.endedAtNanos()).isEqualTo(4_850_000_000L);
    assertThat(result.pull()).contains(new PullResult(-1, 0, 1, false));
  }

  @Test
  void anImageThatIsThereIsNotFetchedAgain() {
    node.function("f", f -> f.pull = 1.1).has("f");
    CallResult result = node.cold("f").value();
    assertThat(result.pullNanos()).isZero();
    assertThat(result.pull()).contains(new PullResult(0, 1, 1, false));
  }

  @Test
  void sizeAndBandwidthSayHowLongAPullTakes() {
    node.bandwidth(100).function("f", f -> f.size = 250);
    CallResult result = node.cold("f").value();
    assertThat(result.pullNanos()).isEqualTo(2_500_000_000L);
    assertThat(result.pull()).contains(new PullResult(250, 0, 1, false));
  }

  @Test
  void pullsAtOnceShareTheBandwidthEqually() {
    node.bandwidth(100).function("f", f -> f.size = 100).function("g", f -> f.size = 300);
    Answer<PullResult> f = pull("f");
    Answer<PullResult> g = pull("g");
    f.value();
    assertThat(node.loop().nowNanos()).isEqualTo(2 * SimFixture.SECOND);
    g.value();
    assertThat(node.loop().nowNanos()).isEqualTo(4 * SimFixture.SECOND);
  }

  @Test
  void pullsWithoutASizeTakeNoBandwidth() {
    node.bandwidth(100).function("f", f -> f.size = 100).function("g", f -> f.pull = 3);
    Answer<PullResult> g = pull("g");
    pull("f").value();
    assertThat(node.loop().nowNanos()).isEqualTo(SimFixture.SECOND);
    g.value();
    assertThat(node.loop().nowNanos()).isEqualTo(3 * SimFixture.SECOND);
  }

  @Test
  void callsThatNeedAnImageOnItsWayJoinItsPull() {
    node.bandwidth(100).function("f", f -> f.size = 100);
    Answer<CallResult> first = node.cold("f");
    node.pass(0.75);
    CallResult second = node.cold("f").value();
    assertThat(second.pullNanos()).isEqualTo(250_000_000L);
    assertThat(second.pull().orElseThrow().shared()).isTrue();
    assertThat(first.value().pullNanos()).isEqualTo(1_000_000_000L);
    assertThat(first.value().pull().orElseThrow().shared()).isFalse();
  }

  @Test
  void whoPreparesAContainerPaysItsStartAndTheCallDoesNot() {
    node.function(
            "f",
            f -> {
              f.start = 0.25;
              f.init = 2;
            })
        .has("f")
        .waiting("f", "w");
    assertThat(node.loop().nowNanos()).isEqualTo(2_250_000_000L);
    CallResult result = node.exec("f", "w").value();
    assertThat(result.startNanos()).isZero();
    assertThat(result.endedAtNanos()).isEqualTo(3_250_000_000L);
  }

  @Test
  void aCallKilledWhileItsImageComesEndsThenAndTheImageStillComes() {
    node.function("f", f -> f.pull = 2);
    Answer<CallResult> call =
        node.ask(done -> node.node().run(node.request("f", "mine", true), done));
    node.pass(1);
    node.<Void>ask(done -> node.node().removeContainer("mine", done)).value();
    assertThat(call.value().exitCode()).isEqualTo(137);
    assertThat(call.value().endedAtNanos()).isEqualTo(SimFixture.SECOND);
    node.pass(1.5);
    assertThat(node.run("f").value().exitCode()).isZero();
    node.cluster().verify();
  }

  @Test
  void anImageThatWentWhileTheCallWaitedIsAFailure() {
    node.memory(1).function("f", f -> f.memory = 1).function("g", f -> f.memory = 1);
    node.has("f").has("g");
    node.run("f");
    Answer<CallResult> waits = node.run("g");
    Answer<Long> waitsToo =
        node.ask(done -> node.node().startWaiting(node.request("g", "w", false), done));
    node.<Void>ask(done -> node.node().removeImage("localhost:5055/g", done)).value();
    assertThat(waits.failure().kind()).isEqualTo(NodeFailure.Kind.IMAGE);
    assertThat(waitsToo.failure().kind()).isEqualTo(NodeFailure.Kind.IMAGE);
    assertThat(node.host().room.used()).isZero();
    node.cluster().verify();
    assertThat(node.host().room.running()).isZero();
  }

  @Test
  void memoryFollowsFromWhatIsOnTheNodesAndNotFromNodesTimesFunctions() {
    node.nodes(4_000);
    for (int function = 0; function < 10_000; function++) {
      node.function("f" + function, f -> f.pull = 1);
    }
    long before = usedMemory();
    SimCluster cluster = node.cluster();
    assertThat(usedMemory() - before).isLessThan(100_000_000L);
    assertThat(cluster.nodes()).hasSize(4_000);
  }

  private static long usedMemory() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
