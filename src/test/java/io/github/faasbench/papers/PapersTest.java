package io.github.faasbench.papers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.cli.Simulated;
import io.github.faasbench.policy.ClusterView;
import io.github.faasbench.policy.Decision;
import io.github.faasbench.policy.Needs;
import io.github.faasbench.policy.NodeView;
import io.github.faasbench.policy.Request;
import io.github.faasbench.policy.SchedulingPolicy;
import io.github.faasbench.policy.Signal;
import io.github.faasbench.policy.catalog.Catalog;
import io.github.faasbench.policy.node.ConsistentHashPolicy;
import io.github.faasbench.policy.node.HermodPolicy;
import io.github.faasbench.policy.node.LeastUsedPolicy;
import io.github.faasbench.policy.node.PowerOfDPolicy;
import io.github.faasbench.random.Stream;
import io.github.faasbench.runner.CellPolicies;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Published claims come out in direction and rough size; of a broken policy they don't. */
class PapersTest {

  @ParameterizedTest
  @CsvSource({
    "power-of-two,1",
    "bounded-loads,1",
    "bounded-loads,2",
    "unequal-nodes,1",
    "unequal-nodes,2",
    "hermod,1"
  })
  void whatAPaperClaimsComesOut(String experiment, long seed) {
    Calls calls = Calls.run(Simulated.REAL, experiment, seed);
    assertThat(missed(experiment, calls)).isEmpty();
  }

  /** The figures of an experiment's claims that don't hold, with what was seen. */
  private static Map<String, Double> missed(String experiment, Calls calls) {
    return Claims.ALL.stream()
        .filter(claim -> claim.experiment().equals(experiment))
        .filter(claim -> !claim.holds(claim.seen().applyAsDouble(calls)))
        .collect(
            Collectors.toMap(
                Claim::figure, c -> c.seen().applyAsDouble(calls), (a, b) -> a, TreeMap::new));
  }

  @Test
  void everyExperimentOfTheseHasClaims() {
    assertThat(Claims.ALL.stream().map(Claim::experiment).distinct())
        .containsExactly("power-of-two", "bounded-loads", "unequal-nodes", "hermod");
  }

  /** A run of the experiment with the paper's policy replaced. */
  private static Map<String, Double> missedWith(
      String experiment, Class<?> type, UnaryOperator<SchedulingPolicy> broken) {
    UnaryOperator<CellPolicies> replaced =
        p ->
            type.isInstance(p.scheduling())
                ? new CellPolicies(
                    broken.apply(p.scheduling()),
                    p.warming(),
                    p.keepAlive(),
                    p.queueOrder(),
                    p.reuse())
                : p;
    var simulated = new Simulated(replaced, UnaryOperator.identity());
    // Hermod spreads late: it takes the whole run.
    String calls = experiment.equals("hermod") ? "invocations=20000" : "invocations=5000";
    return missed(experiment, Calls.run(simulated, experiment, 1, calls));
  }

  private static UnaryOperator<SchedulingPolicy> named(String policy) {
    return p -> Catalog.create(Catalog.node(), policy, Map.of(), new Stream(5));
  }

  /** Packs where Hermod spreads and spreads where it packs. */
  private static SchedulingPolicy inverted() {
    return choosing(
        cluster -> {
          var anywhere = cluster.all().least(Signal.PACKING);
          boolean full = anywhere.inFlight() >= Math.ceil(anywhere.cpu());
          return full ? cluster.most(Signal.IN_FLIGHT) : cluster.least(Signal.IN_FLIGHT);
        });
  }

  private interface Choice {
    NodeView of(ClusterView cluster);
  }

  private static SchedulingPolicy choosing(Choice choice) {
    return new SchedulingPolicy() {
      @Override
      public Needs needs() {
        return Needs.NONE;
      }

      @Override
      public Decision choose(Request request, ClusterView cluster, long nowNanos) {
        return Decision.runOn(choice.of(cluster));
      }
    };
  }

  @ParameterizedTest
  @CsvSource({
    "power-of-two,random,'mean time, two choices'",
    "power-of-two,round-robin,'mean time, two choices'",
    "power-of-two,join-shortest-queue,'mean time, two choices'",
    "bounded-loads,random,'share of a function''s calls on its node'",
    "bounded-loads,join-shortest-queue,'share of a function''s calls on its node'",
    "unequal-nodes,random,'mean latency, part of round-robin''s'",
    "unequal-nodes,round-robin,'mean latency, part of round-robin''s'",
    "unequal-nodes,most-used,'mean latency, part of round-robin''s'",
    "hermod,join-shortest-queue,'share of calls on its busiest node, a tenth'",
    "hermod,random,'share of calls on its busiest node, a tenth'",
    "hermod,first-fit,'slowdown saved against OpenWhisk, half load'",
    "hermod,home-invoker,'slowdown saved against OpenWhisk, half load'",
  })
  void anotherPolicyInItsPlaceMissesTheClaim(String experiment, String policy, String figure) {
    Class<?> type =
        Map.of(
                "power-of-two", PowerOfDPolicy.class,
                "bounded-loads", ConsistentHashPolicy.class,
                "unequal-nodes", LeastUsedPolicy.class,
                "hermod", HermodPolicy.class)
            .get(experiment);
    assertThat(missedWith(experiment, type, named(policy))).containsKey(figure);
  }

  @Test
  void hermodUpsideDownMissesBothHalvesOfTheClaim() {
    assertThat(missedWith("hermod", HermodPolicy.class, p -> inverted()))
        .containsKeys(
            "share of calls on its busiest node, a tenth",
            "mean latency, part of join-shortest-queue's");
  }

  @Test
  void hermodThatNeverSpreadsMissesTheClaim() {
    SchedulingPolicy packing = choosing(cluster -> cluster.least(Signal.PACKING));
    assertThat(missedWith("hermod", HermodPolicy.class, p -> packing))
        .containsKey("mean latency, part of join-shortest-queue's");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.5, Double.POSITIVE_INFINITY})
  void aBoundThatIsTooWideMissesTheClaim(double bound) {
    UnaryOperator<SchedulingPolicy> wide = p -> new ConsistentHashPolicy(bound, 100);
    assertThat(missedWith("bounded-loads", ConsistentHashPolicy.class, wide))
        .containsKey("calls on a node beyond 1.25 times the mean, at most");
  }
}
