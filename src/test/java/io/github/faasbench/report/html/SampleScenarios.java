package io.github.faasbench.report.html;

import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.SampleRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up records shaped like the thesis's two scenarios: its functions, nodes and means. */
final class SampleScenarios {

  static final String HEAVY_IMAGE = "fibonacci-image-big-func-small";
  static final String HEAVY_WORK = "fibonacci-image-small-func-big";

  private final List<Invocation> rows = new ArrayList<>();
  private final Random random = new Random(42);
  private final int callsPerCell;

  private SampleScenarios(int callsPerCell) {
    this.callsPerCell = callsPerCell;
  }

  /** Three warming types under round robin. */
  static List<Invocation> scenario1(int callsPerCell) {
    SampleScenarios made = new SampleScenarios(callsPerCell);
    made.cell("scenario1", HEAVY_IMAGE, "round-robin", "cold", 6.542, 0.35);
    made.cell("scenario1", HEAVY_IMAGE, "round-robin", "pre-warmed", 5.4022, 0.15);
    made.cell("scenario1", HEAVY_IMAGE, "round-robin", "warmed", 5.2647, 0.08);
    made.cell("scenario1", HEAVY_WORK, "round-robin", "cold", 13.3288, 0.4);
    made.cell("scenario1", HEAVY_WORK, "round-robin", "pre-warmed", 12.2149, 0.25);
    made.cell("scenario1", HEAVY_WORK, "round-robin", "warmed", 12.0481, 0.15);
    return made.rows;
  }

  /** Three policies, all cold. */
  static List<Invocation> scenario2(int callsPerCell) {
    SampleScenarios made = new SampleScenarios(callsPerCell);
    for (String function : List.of(HEAVY_IMAGE, HEAVY_WORK)) {
      double mean = function.equals(HEAVY_IMAGE) ? 6.5 : 13.3;
      made.cell("scenario2", function, "round-robin", "cold", mean, 0.35);
      made.cell("scenario2", function, "least-used", "cold", mean, 0.2);
      made.cell("scenario2", function, "most-used", "cold", mean, 0.7);
    }
    return made.rows;
  }

  /** Both factors vary. */
  static List<Invocation> matrix(int callsPerCell) {
    SampleScenarios made = new SampleScenarios(callsPerCell);
    for (String policy : List.of("round-robin", "least-used", "most-used")) {
      made.cell("matrix", HEAVY_IMAGE, policy, "cold", 6.542, 0.35);
      made.cell("matrix", HEAVY_IMAGE, policy, "pre-warmed", 5.4022, 0.15);
      made.cell("matrix", HEAVY_IMAGE, policy, "warmed", 5.2647, 0.08);
    }
    return made.rows;
  }

  private void cell(
      String experiment, String function, String policy, String warming, double mean, double sd) {
    for (int i = 1; i <= callsPerCell; i++) {
      double tail = random.nextInt(25) == 0 ? 3 * sd : 0;
      SampleRows row =
          SampleRows.row()
              .experiment(experiment)
              .run(experiment.equals("scenario1") ? "3f1c0a9be4d2" : "9a77c01d5e3b")
              .cell(function + "+" + policy + "+" + warming)
              .invocation(i)
              .function(function)
              .policy(policy)
              .warming(warming)
              .node("ssh_node_" + node(policy, i))
              .after(Duration.ofSeconds(rows.size() * 15L));
      rows.add(
          row.pull(warming.equals("cold") ? 1.1 : 0)
              .latency(mean + sd * random.nextGaussian() + tail)
              .build());
    }
  }

  private int node(String policy, int invocation) {
    if (policy.equals("most-used")) {
      return random.nextInt(100) < 40 ? 1 : 2 + random.nextInt(3);
    }
    return 1 + invocation % 4;
  }
}
