package io.github.faasbench.papers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.faasbench.papers.TraceClaims.Ratio;
import io.github.faasbench.papers.TraceClaims.Sums;
import io.github.faasbench.papers.TraceClaims.TraceClaim;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(
    named = "FAASBENCH_TRACES",
    matches = ".+",
    disabledReason = "FAASBENCH_TRACES does not say where the sample traces are")
class TracePapersTest {

  /** Counts of FaasCache's own simulator (policies.md O-25), which evicts and ties otherwise. */
  @Test
  void greedyDualLosesLeastTimeToStartsThoughItHasMoreOfThem() throws IOException {
    Sums seen = TraceClaims.run("greedy-dual");
    assertThat(seen.sum("fixed 10m", s -> s.warm)).isCloseTo(85_262, withinPercentage(10));
    assertThat(seen.sum("lru", s -> s.warm)).isCloseTo(85_354, withinPercentage(10));
    assertThat(seen.sum("greedy-dual", s -> s.warm)).isCloseTo(83_216, withinPercentage(10));
    claimsComeOut("greedy-dual", seen);
  }

  @Test
  void theHistogramHasFarFewerColdStartsThanTenMinutesForALittleMoreMemory() throws IOException {
    Sums seen = TraceClaims.run("hybrid-histogram");
    claimsComeOut("hybrid-histogram", seen);
    Ratio cold = seen.ratio("hybrid-histogram", "fixed 10m", s -> s.cold);
    assertThat(cold.high()).as("surely fewer").isLessThan(0.75);
  }

  private static void claimsComeOut(String experiment, Sums sums) {
    int claims = 0;
    for (TraceClaim claim : TraceClaims.ALL) {
      if (claim.experiment().equals(experiment)) {
        claims++;
        assertThat(claim.seen(sums).value())
            .as(claim.figure() + " by " + claim.by())
            .isBetween(claim.low(), claim.high());
      }
    }
    assertThat(claims).isPositive();
  }
}
