package io.github.faasbench.cli;

import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.ExperimentException;
import io.github.faasbench.plan.Plan;
import io.github.faasbench.plan.PlanException;
import io.github.faasbench.plan.trace.TraceException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a plan that takes long can be made shorter. A setting is named only when the file can be read
 * with it, and when it saves time by the same estimate.
 */
final class Shortening {

  /** Nobody minds less. */
  private static final Duration SHORT = Duration.ofMinutes(1);

  private static final long FEWEST_CALLS = 4;

  /** A setting that saves less of the time is not worth its place. */
  private static final double MOST_LEFT = 0.8;

  /** The experiment file with further settings. */
  interface Source {
    Experiment with(List<String> settings) throws ExperimentException, IOException;
  }

  private Shortening() {}

  /** One line, as {@code to shorten it to about 40 s: --set repetitions=1}; empty: it is short. */
  static String of(Plan plan, Estimate.Earlier earlier, Source file) {
    Duration time = earlier.estimate(plan, plan.cells()).total();
    if (plan.experiment().simulated() || time.compareTo(SHORT) <= 0) {
      return "";
    }
    List<String> settings = new ArrayList<>();
    for (String setting : candidates(plan.experiment())) {
      List<String> more = new ArrayList<>(settings);
      more.add(setting);
      Duration less = time(earlier, file, more, time);
      if (less.toMillis() < MOST_LEFT * time.toMillis()) {
        settings = more;
        time = less;
      }
    }
    String set = settings.stream().map(one -> "--set " + one).collect(Collectors.joining(" "));
    String fewer = fewer(plan.experiment());
    if (set.isEmpty()) {
      return fewer.isEmpty() ? "" : "to shorten it: " + fewer;
    }
    return "to shorten it to about "
        + Texts.duration(time)
        + ": "
        + set
        + (fewer.isEmpty() ? "" : ", or " + fewer);
  }

  private static Duration time(
      Estimate.Earlier earlier, Source file, List<String> settings, Duration otherwise) {
    try {
      Plan plan = Plan.of(file.with(settings));
      return earlier.estimate(plan, plan.cells()).total();
    } catch (ExperimentException | PlanException | TraceException | IOException e) {
      return otherwise; // another key of the file forbids it
    }
  }

  /** What a file with such a length may be given. */
  private static List<String> candidates(Experiment experiment) {
    List<String> candidates = new ArrayList<>();
    if (experiment.repetitions() > 1) {
      candidates.add("repetitions=1");
    }
    long warmUp = experiment.warmUp().calls();
    experiment
        .stop()
        .ifPresent(
            stop ->
                candidates.add("stop.max=" + Math.max(experiment.invocations(), stop.max() / 10)));
    if (experiment.duration().isPresent()) {
      long seconds = experiment.duration().get().plus(experiment.warmUp().duration()).toSeconds();
      candidates.add("duration=" + Math.max(1, seconds / 10) + "s");
    } else if (experiment.stop().isEmpty() && experiment.invocations() < Long.MAX_VALUE) {
      long calls = warmUp + Math.max(FEWEST_CALLS, (experiment.invocations() - warmUp) / 10);
      candidates.add("invocations=" + calls);
    }
    return candidates;
  }

  private static String fewer(Experiment experiment) {
    Map<String, Integer> values = new LinkedHashMap<>();
    values.put("functions", experiment.functions().size());
    values.put("policy", experiment.policies().size());
    values.put("warming", experiment.warmings().size());
    values.put("workload", experiment.workloads().size());
    values.put("keepAlive", experiment.keepAlives().size());
    values.values().removeIf(count -> count < 2);
    return values.isEmpty() ? "" : "fewer values of " + String.join(", ", values.keySet());
  }
}
