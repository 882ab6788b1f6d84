package io.github.faasbench.experiment;

import io.github.faasbench.experiment.Vocabulary.Load;
import io.github.faasbench.experiment.Vocabulary.Term;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Reads what ends a cell: a number of invocations, a duration, or the end of a trace. */
final class LengthReader {

  private static final int DEFAULT_INVOCATIONS = 100;

  private final Map<String, Term> terms;
  private final List<Choice> workloads;

  /**
   * @param terms all workloads there are
   * @param workloads those of the experiment
   */
  LengthReader(Map<String, Term> terms, List<Choice> workloads) {
    this.terms = terms;
    this.workloads = workloads;
  }

  /** Whether every workload is a trace. */
  boolean onlyTraces() {
    return !workloads.isEmpty() && workloads.stream().allMatch(this::trace);
  }

  /** Whether some workload is a trace. */
  boolean anyTrace() {
    return workloads.stream().anyMatch(this::trace);
  }

  /** A trace ends with its file, all others after {@value #DEFAULT_INVOCATIONS} calls. */
  long invocations(Value root) {
    Value invocations = root.at("invocations");
    if (invocations.present()) {
      return invocations.whole(DEFAULT_INVOCATIONS, 1, Integer.MAX_VALUE);
    }
    if (root.at("duration").present() || onlyTraces()) {
      return Long.MAX_VALUE;
    }
    if (anyTrace()) {
      root.at("workload")
          .problem(
              "a trace ends with its file, the other workloads do not; write invocations (or, when"
                  + " all are open loops, duration)");
    }
    return DEFAULT_INVOCATIONS;
  }

  /** Only open loops can end by time: a closed one makes what the system lets it make. */
  Optional<Duration> duration(Value root) {
    Value duration = root.at("duration");
    Duration given = duration.above0((Duration) null);
    if (given == null) {
      return Optional.empty();
    }
    if (root.at("invocations").present()) {
      duration.problem("invocations is given as well; an experiment has one of the two");
    }
    for (Choice workload : workloads) {
      if (load(workload) == Load.CLOSED) {
        duration.problem(
            workload.name()
                + " ends after a number of invocations; a duration ends open loops: "
                + String.join(", ", openLoops()));
      }
    }
    return Optional.of(given);
  }

  private boolean trace(Choice workload) {
    return load(workload) == Load.TRACE;
  }

  private Load load(Choice workload) {
    return terms.get(workload.name()).load();
  }

  private List<String> openLoops() {
    var names = new TreeSet<String>();
    terms.forEach(
        (name, term) -> {
          if (term.load() != Load.CLOSED) {
            names.add(name);
          }
        });
    return List.copyOf(names);
  }
}
