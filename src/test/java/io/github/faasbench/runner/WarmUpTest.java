package io.github.faasbench.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.experiment.Experiments;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Period;
import io.github.faasbench.plan.Plan;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which calls are a warm-up's, where that is decided at the call; the load begins after 1 s. */
class WarmUpTest {

  private final TestRun on = new TestRun();

  private List<Period> periods(String warmUp) throws Exception {
    on.run(
        Plan.of(
            Experiments.of(
                """
                name: e
                nodes:
                  - &n {name: n1, host: h, user: u, cpu: 0.5}
                  - {<<: *n, name: n2}
                  - {<<: *n, name: n3}
                  - {<<: *n, name: n4}
                functions: [{name: f, image: image-f, command: ["true"]}]
                policy: round-robin
                warming: pre-warmed
                warmReplicas: all
                workload: uniform(rate=2/s)
                invocations: 6
                """,
                "warmUp=" + warmUp)),
        on.cluster);
    return on.rows.stream()
        .sorted(Comparator.comparing(Invocation::invocation))
        .map(Invocation::period)
        .toList();
  }

  @Test
  void theFirstCallsAre() throws Exception {
    assertThat(periods("{calls: 2}"))
        .containsExactly(
            Period.WARM_UP,
            Period.WARM_UP,
            Period.MEASURED,
            Period.MEASURED,
            Period.MEASURED,
            Period.MEASURED);
  }

  /** Calls are due at 0, 0.5, 1, 1.5 s and so on after it: the one at 1.5 s is measured. */
  @Test
  void thoseThatCameWithinItsTimeFromTheBeginningOfTheLoadAre() throws Exception {
    assertThat(periods("{duration: 1500ms}"))
        .containsExactly(
            Period.WARM_UP,
            Period.WARM_UP,
            Period.WARM_UP,
            Period.MEASURED,
            Period.MEASURED,
            Period.MEASURED);
  }

  @Test
  void withoutOneOrWhereTheRowsDecideNoCallIs() throws Exception {
    assertThat(periods("none")).containsOnly(Period.NONE);
    on.rows.clear();
    assertThat(periods("mser")).containsOnly(Period.NONE);
  }
}
