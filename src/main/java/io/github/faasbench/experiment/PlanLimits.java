package io.github.faasbench.experiment;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How large an experiment may be as a whole. What is above would give no answer for minutes, or
 * take all memory, before its first call: all cells are planned at once, calls that come by time
 * are counted before a cell starts, and nodes and functions know each other.
 */
final class PlanLimits {

  static final long MOST_CELLS = 100_000;
  static final long MOST_TIMED_CALLS = 500_000_000;
  static final long MOST_PAIRS = 100_000_000;
  static final long MOST_RING_POINTS = 20_000_000;

  /** Less is no load of bursts, and on and off would be drawn millions of times for one call. */
  static final double LEAST_CALLS_A_BURST = 1e-4;

  private final Value root;

  /**
   * @param root of the experiment file, whose places problems have
   */
  PlanLimits(Value root) {
    this.root = root;
  }

  /**
   * Cells are functions, or one where they are called together, times the values of the factors and
   * the repetitions.
   *
   * @param onlyTraces whether all functions are called together, as in traces
   * @param repeated the repetitions
   * @return how often a load of one workload is made
   */
  double cells(
      int functions,
      boolean together,
      List<List<Choice>> factors,
      boolean onlyTraces,
      int repeated) {
    double groups = together || onlyTraces ? 1 : Math.max(1, functions);
    double combinations = groups;
    for (List<Choice> values : factors) {
      combinations *= Math.max(1, values.size());
    }
    double cells = combinations * repeated;
    if (cells > MOST_CELLS) {
      Value repetitions = root.at("repetitions");
      (repetitions.present() ? repetitions : root.at("functions"))
          .problem(
              String.format(Locale.ROOT, "%.0f", combinations)
                  + " combinations of functions and factors times "
                  + repeated
                  + " repetitions are more than the "
                  + MOST_CELLS
                  + " cells that a plan may have; lower one of them, or split the experiment");
    }
    return groups * repeated;
  }

  /** Calls that come until a duration is over are made once to count them. */
  void timedCalls(List<Choice> workloads, Optional<Duration> duration, double loads) {
    double all = 0;
    for (Choice workload : workloads) {
      if (workload.parameters().get("rate") instanceof Rate rate) {
        double share = 1;
        if (workload.parameters().get("on") instanceof Duration on) {
          double off = seconds((Duration) workload.parameters().get("off"));
          share = seconds(on) / (seconds(on) + off);
          if (rate.perSecond() * seconds(on) < LEAST_CALLS_A_BURST) {
            root.at("workload")
                .problem(
                    workload
                        + " makes less than a call in 10000 bursts; raise rate or on, or take"
                        + " poisson");
          }
        }
        double perSecond = rate.perSecond() * share;
        all += loads * perSecond * duration.map(PlanLimits::seconds).orElse(0.0);
      }
    }
    if (all > MOST_TIMED_CALLS) {
      root.at("duration")
          .problem(
              String.format(Locale.ROOT, "about %.3g", all)
                  + " calls would come in all loads, and those that end by time may have "
                  + MOST_TIMED_CALLS
                  + "; shorten it, or lower rates or repetitions");
    }
  }

  /** Of nodes and functions, and of policies that place each node at many points. */
  void nodes(int nodes, int functions, List<Choice> policies) {
    Value place =
        root.at("nodes").at("count").present() ? root.at("nodes").at("count") : root.at("nodes");
    if ((long) nodes * functions > MOST_PAIRS) {
      place.problem(
          nodes
              + " nodes times "
              + functions
              + " functions are more than the "
              + MOST_PAIRS
              + " that are kept in mind; lower one of them");
    }
    for (Choice policy : policies) {
      if (policy.parameters().get("points") instanceof Number points
          && points.longValue() * nodes > MOST_RING_POINTS) {
        root.at("policy")
            .problem(
                policy
                    + ": its points times "
                    + nodes
                    + " nodes are more than "
                    + MOST_RING_POINTS
                    + "; lower points");
      }
    }
  }

  private static double seconds(Duration duration) {
    return Units.seconds(duration);
  }
}
