package io.github.faasbench.gateway;

import io.github.faasbench.experiment.BreakerSpec;
import io.github.faasbench.experiment.Experiment.Busy;
import io.github.faasbench.experiment.Experiment.Reuse;
import io.github.faasbench.experiment.RetrySpec;
import io.github.faasbench.policy.WarmingPolicy.Preparation;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;

/**
 * What the gateway is told once per cell.
 *
 * @param run id of the run: part of container names, and their label
 * @param ramThreshold percent; a node is eligible strictly below it, and only with a reading
 * @param waitForNode whether a call that finds no eligible node waits instead of being rejected
 * @param timeoutNanos of one invocation, from when it was handed over; empty: none
 * @param network network mode of function containers
 * @param engineOf node name to the id of its engine: nodes with one engine share images
 * @param mayRemoveImage whether the tool put that image (second) on that node (first)
 * @param weights node name to weight
 * @param cpus node name to cores
 * @param slots node name to the most calls that run there at once
 * @param memories node name to bytes of memory; 0: not known, or without limit
 * @param retry what is done when an attempt fails on its node
 * @param breaker when nodes are set aside; empty: never
 * @param containers how calls share containers that wait
 */
public record GatewaySettings(
    String run,
    double ramThreshold,
    boolean waitForNode,
    Optional<Long> timeoutNanos,
    String network,
    Map<String, String> engineOf,
    BiPredicate<String, String> mayRemoveImage,
    Map<String, Double> weights,
    Map<String, Double> cpus,
    Map<String, Integer> slots,
    Map<String, Long> memories,
    RetrySpec retry,
    Optional<BreakerSpec> breaker,
    Containers containers) {

  /**
   * How containers wait, and how calls share them.
   *
   * @param preparation what the cell's warming prepares: all its containers wait in that way
   * @param concurrency calls that one container serves at a time
   * @param reuse which of a node's containers with a place free takes a call
   * @param busy what a call does when none has
   * @param random draws for {@link Reuse#RANDOM}
   */
  public record Containers(
      Preparation preparation, int concurrency, Reuse reuse, Busy busy, RandomGenerator random) {}

  /** Every container that the tool makes carries this label. */
  public static final String LABEL = "io.github.faasbench";

  /** Its value is the id of the run that made the container. */
  public static final String RUN_LABEL = "io.github.faasbench.run";

  Map<String, String> labels() {
    return Map.of(LABEL, "1", RUN_LABEL, run);
  }
}
