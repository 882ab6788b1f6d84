package io.github.faasbench.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.cli.OtherDemands;
import io.github.faasbench.cli.Simulated;
import io.github.faasbench.cluster.RunRequest.Demand;
import io.github.faasbench.oracle.Check.Verdict;
import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.KeepAlivePolicy;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.NodeView;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.random.Distribution;
import io.github.faasbench.random.Stream;
import io.github.faasbench.runner.CellPolicies;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The oracles say no where the model is wrong, with a fifth of the calls they usually have; and yes
 * to the same case, with the same seeds, where it is not.
 */
class BrokenModelTest {

  private static final int CALLS = 20_000;
  private static final long SECOND = 1_000_000_000L;

  private static List<Verdict> judge(Simulated simulated, Case which) {
    return new Trial(simulated, false).of(which, CALLS);
  }

  private static Case named(String name) {
    return Oracles.cases().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  /** The first check is the one that the break must be seen by. */
  private static void assertFound(Case which, Simulated broken, String... wrong) {
    assertThat(judge(Simulated.REAL, which)).allMatch(Verdict::holds);
    List<Verdict> verdicts = judge(broken, which);
    assertThat(verdicts).filteredOn(Verdict::holds).isNotEqualTo(verdicts);
    assertThat(verdicts)
        .filteredOn(verdict -> !verdict.holds())
        .allMatch(Verdict::precise)
        .extracting(verdict -> verdict.check().figure())
        .contains(wrong);
  }

  private static Simulated scheduling(SchedulingPolicy other) {
    return new Simulated(
        given ->
            new CellPolicies(
                other, given.warming(), given.keepAlive(), given.queueOrder(), given.reuse()),
        UnaryOperator.identity());
  }

  /** The mean stays, but the variance is half of what it should be. */
  @Test
  void aServiceTimeDrawnTwiceAndAveragedIsFound() {
    var law = new Distribution.Exponential(.5);
    var broken =
        new Simulated(
            UnaryOperator.identity(),
            cluster ->
                OtherDemands.of(
                    cluster,
                    call -> {
                      Stream draws = Stream.of(1, call.invocation());
                      double twice = law.sample(draws) + law.sample(draws);
                      return new Demand(
                          call.function(), call.invocation(), (long) (SECOND * twice), -1);
                    }));
    assertFound(named("O-1 M/M/1"), broken, "T", "E[N]", "p95");
  }

  @Test
  void aRoundRobinThatLeavesANodeOutInEverySecondRoundIsFound() {
    assertFound(
        only("O-6 to O-8 n=4 rho=.5", "round-robin"), scheduling(new Skipping()), "T round-robin");
  }

  @Test
  void twoChoicesThatMayBeTheSameNodeAreFound() {
    assertFound(
        only("O-5 to O-8, O-10 n=4 rho=.8", "power-of-d"),
        scheduling(new WithReplacement()),
        "T power-of-d");
  }

  /** The case with one of its policies, and what it says of that. */
  private static Case only(String name, String policy) {
    Case all = named(name);
    List<Check> checks =
        all.checks().stream().filter(c -> c.figure().equals("T " + policy)).toList();
    String experiment = all.experiment().replaceAll("policy: \\[.*]", "policy: " + policy);
    return new Case(name, all.source(), false, experiment, checks);
  }

  /** A call that may use all four cores: the same load, but PS with one fast server. */
  @Test
  void processorSharingWithoutACoreAsTheMostOfACallIsFound() {
    Case right = named("O-4 PS 4 cores exponential");
    String uncapped =
        right
            .experiment()
            .replace(
                "exec: {exponential: {mean: 1s}}", "exec: {exponential: {mean: 250ms}}, cores: 4");
    assertThat(uncapped).isNotEqualTo(right.experiment());
    assertFound(right, new Case("", "", false, uncapped, right.checks()));
  }

  private static void assertFound(Case right, Case wrong) {
    assertThat(judge(Simulated.REAL, right)).allMatch(Verdict::holds);
    assertThat(judge(Simulated.REAL, wrong)).allMatch(Verdict::precise).noneMatch(Verdict::holds);
  }

  @Test
  void aTimeToLiveThatCountsFromTheStartIsFound() {
    ExactCase which =
        ExactCases.all().stream()
            .filter(c -> c.name().equals("time to live from the end"))
            .findFirst()
            .orElseThrow();
    KeepAlivePolicy fromStart =
        (container, now) -> KeepAlivePolicy.Verdict.until(now - 4 * SECOND + 7 * SECOND);
    var broken =
        new Simulated(
            given ->
                new CellPolicies(
                    given.scheduling(),
                    given.warming(),
                    fromStart,
                    given.queueOrder(),
                    given.reuse()),
            UnaryOperator.identity());
    assertThat(which.problems(Simulated.REAL)).isEmpty();
    assertThat(which.problems(broken)).hasSize(2).allMatch(problem -> problem.contains("cold"));
  }

  @Test
  void aServiceTimeThatIsOffByAMicrosecondIsFoundWhereItIsKnownExactly() {
    var broken =
        new Simulated(
            UnaryOperator.identity(),
            cluster ->
                OtherDemands.of(
                    cluster,
                    call -> new Demand(call.function(), call.invocation(), SECOND + 1_000, -1)));
    ExactCase which = ExactCases.all().get(0);
    assertThat(which.problems(broken)).hasSameSizeAs(which.calls());
  }

  @Test
  void noiseIsNoExcuse() {
    Check check = Check.near("", "T", Sample::meanLatency, 10, 0);
    assertThat(check.judge(new double[] {9.9, 10, 10.1}, 100_000).holds()).isTrue();
    assertThat(check.judge(new double[] {9, 10, 11}, 100_000).holds()).isFalse();
    assertThat(check.judge(new double[] {10.4, 10.5, 10.6}, 100_000).holds()).isFalse();
    assertThat(check.judge(new double[] {9.9, 10, 10.1}, 1_000_000).precise()).isFalse();
  }

  @Test
  void aNumberThatItsFormulaDoesNotGiveIsNoNumberToCompareWith() {
    assertThatThrownBy(() -> Check.of("", "T", Sample::meanLatency, "1.745641", 1.745541))
        .hasMessageContaining("1.745641");
  }

  private static final class Skipping implements SchedulingPolicy {
    private int calls;

    @Override
    public Needs needs() {
      return Needs.NONE;
    }

    @Override
    public Decision choose(Request request, ClusterView cluster, long nowNanos) {
      boolean prepares = request.invocation() == 0;
      return Decision.runOn(prepares ? cluster.nextEligible(0) : cluster.node(calls++ % 7 % 4));
    }
  }

  private static final class WithReplacement implements SchedulingPolicy {
    private final Stream random = new Stream(1);

    @Override
    public Needs needs() {
      return Needs.NONE;
    }

    @Override
    public Decision choose(Request request, ClusterView cluster, long nowNanos) {
      NodeView one = cluster.eligibleAt(random.nextInt(cluster.eligibleCount()));
      NodeView other = cluster.eligibleAt(random.nextInt(cluster.eligibleCount()));
      return Decision.runOn(other.inFlight() < one.inFlight() ? other : one);
    }
  }
}
