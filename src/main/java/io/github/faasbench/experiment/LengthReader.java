package io.github.faasbench.experiment;

import io.github.faasbench.experiment.Vocabulary.Load;
import io.github.faasbench.experiment.Vocabulary.Term;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Reads what ends a cell: a number of calls, a duration, a trace's end, a narrow interval. */
final class LengthReader {

  private static final int DEFAULT_INVOCATIONS = 100;

  private final Map<String, Term> terms;
  private final List<Choice> workloads;
  private long invocations;

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
    invocations = readInvocations(root);
    return invocations;
  }

  private long readInvocations(Value root) {
    Value given = root.at("invocations");
    if (given.present()) {
      return given.whole(DEFAULT_INVOCATIONS, 1, Integer.MAX_VALUE);
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
    return root.at("stop").present() ? StopSpec.LEAST : DEFAULT_INVOCATIONS;
  }

  /** Only loads that can go on: neither a trace, nor what ends by time; read after invocations. */
  Optional<StopSpec> stop(Value root) {
    Value stop = root.at("stop");
    if (stop.present() && root.at("duration").present()) {
      stop.problem("duration is given as well; an experiment has one of the two");
    }
    if (stop.present() && anyTrace()) {
      stop.problem("a trace ends with its file; allowed with: " + String.join(", ", endless()));
    }
    return StopSpec.read(stop, invocations);
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
    return names(load -> load != Load.CLOSED);
  }

  private List<String> endless() {
    return names(load -> load != Load.TRACE);
  }

  private List<String> names(Predicate<Load> chosen) {
    var names = new TreeSet<String>();
    terms.forEach(
        (name, term) -> {
          if (chosen.test(term.load())) {
            names.add(name);
          }
        });
    return List.copyOf(names);
  }
}
