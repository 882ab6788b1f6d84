package io.github.faasbench.plan;

import io.github.faasbench.experiment.Choice;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.FunctionModel;
import io.github.faasbench.experiment.FunctionSpec;
import io.github.faasbench.experiment.Rate;
import io.github.faasbench.experiment.Vocabulary.Load;
import io.github.faasbench.plan.trace.Trace;
import io.github.faasbench.plan.trace.TraceCalls;
import io.github.faasbench.plan.trace.TraceFunction;
import io.github.faasbench.plan.trace.TraceSource;
import io.github.faasbench.random.Stream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes the calls of open loops. Each trace is read once to see what is in it. */
final class OpenLoops {

  /** Beyond, nanoseconds would soon not fit in 64 bits. */
  private static final double MOST_SECONDS = 100 * 366 * 86_400.0;

  private final Experiment experiment;
  private final Map<TraceSource, Trace> traces = new HashMap<>();
  private final Map<Choice, List<FunctionSpec>> functions = new HashMap<>();

  OpenLoops(Experiment experiment) {
    this.experiment = experiment;
  }

  static boolean open(Choice workload) {
    return WorkloadNames.loadOf(workload.name()) != Load.CLOSED;
  }

  static boolean trace(Choice workload) {
    return WorkloadNames.loadOf(workload.name()) == Load.TRACE;
  }

  /**
   * The calls of an open loop, from the first.
   *
   * @param functions how many functions it calls
   * @param most how many calls it makes at most
   */
  Arrivals of(Choice workload, int functions, Seeds seeds, long most) {
    long end = experiment.duration().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    if (trace(workload)) {
      TraceCalls calls = traceOf(workload).open(seeds.arrivals());
      return new TraceArrivals(
          calls, speedup(workload), functions, experiment.simulated(), most, end);
    }
    DueTimes times = times(workload, Stream.of(seeds.arrivals(), 0));
    return new OpenArrivals(times, functions, Stream.of(seeds.arrivals(), 1), most, end);
  }

  /** How many calls come until the experiment's duration is over. */
  long count(Choice workload, int functions, Seeds seeds) {
    try (Arrivals arrivals = of(workload, functions, seeds, Long.MAX_VALUE)) {
      long count = 0;
      while (arrivals.next()) {
        count++;
      }
      return count;
    }
  }

  /** All calls of a trace. */
  long calls(Choice workload) {
    return traceOf(workload).calls();
  }

  private static DueTimes times(Choice workload, Stream random) {
    double rate = rate(workload);
    return switch (workload.name()) {
      case "poisson" -> new PoissonTimes(rate, random);
      case "uniform" -> new UniformTimes(rate);
      case "bursty" ->
          new BurstyTimes(rate, seconds(workload, "on"), seconds(workload, "off"), random);
      default -> throw new IllegalArgumentException("no open loop: " + workload);
    };
  }

  private static double rate(Choice workload) {
    return ((Rate) workload.parameters().get("rate")).perSecond();
  }

  private static double seconds(Choice workload, String parameter) {
    return ((Duration) workload.parameters().get(parameter)).toNanos() / 1e9;
  }

  private static double speedup(Choice workload) {
    return ((Number) workload.parameters().get("speedup")).doubleValue();
  }

  /**
   * For how long calls come, about.
   *
   * @throws PlanException when it is longer than a clock can tell
   */
  Duration length(Choice workload, long invocations) {
    if (experiment.duration().isPresent() && !trace(workload)) {
      return experiment.duration().get();
    }
    double seconds =
        trace(workload)
            ? traceOf(workload).lengthNanos() / 1e9 / speedup(workload)
            : invocations / meanRate(workload);
    if (seconds > MOST_SECONDS) {
      throw new PlanException(
          workload + " would take more than a century; raise the rate or lower invocations");
    }
    Duration whole = Duration.ofMillis(Math.round(1000 * seconds));
    return experiment.duration().filter(end -> end.compareTo(whole) < 0).orElse(whole);
  }

  private static double meanRate(Choice workload) {
    double share = 1;
    if (workload.name().equals("bursty")) {
      double on = seconds(workload, "on");
      share = on / (on + seconds(workload, "off"));
    }
    return rate(workload) * share;
  }

  /** What a trace's cell calls: on simulated nodes its own functions, else the file's. */
  List<FunctionSpec> functionsOf(Choice workload) {
    return functions.computeIfAbsent(workload, this::makeFunctions);
  }

  private List<FunctionSpec> makeFunctions(Choice workload) {
    List<TraceFunction> traced = traceOf(workload).functions();
    List<FunctionSpec> given = experiment.functions();
    if (!experiment.simulated()) {
      return given.subList(0, Math.min(given.size(), traced.size()));
    }
    List<FunctionSpec> made = new ArrayList<>();
    for (TraceFunction function : traced) {
      FunctionSpec base = given.get(made.size() % given.size());
      FunctionModel model = base.model().orElse(FunctionModel.TRACED);
      if (!function.timed() && !model.execGiven()) {
        throw new PlanException(
            workload.parameters().get("file")
                + ": it does not say how long calls of "
                + function.name()
                + " run, and the function "
                + base.name()
                + " has no model.exec that would");
      }
      if (function.memoryBytes() > 0) {
        model = model.withMemory(function.memoryBytes());
      }
      // An image that nobody named is the function's own, as everywhere on simulated nodes.
      String image = base.image().equals(base.name()) ? function.name() : base.image();
      made.add(
          new FunctionSpec(
              function.name(),
              image,
              base.build(),
              base.command(),
              base.args(),
              base.resident(),
              Optional.of(model)));
    }
    return List.copyOf(made);
  }

  /** What a user has to know of a trace before it runs. */
  String note(Choice workload) {
    Trace trace = traceOf(workload);
    long timed = trace.functions().stream().filter(TraceFunction::timed).count();
    String found =
        String.format(
            Locale.ROOT,
            "trace %s (functions: %d, calls: %d): ",
            workload.parameters().get("file"),
            trace.functions().size(),
            trace.calls());
    if (!experiment.simulated()) {
      return found
          + "on real nodes its functions map in order onto those of the experiment"
          + (timed > 0 ? ", and its durations are ignored" : "");
    }
    String durations =
        timed == 0 ? "the model" : "the trace for " + timed + " functions, else from the model";
    return found
        + "each is simulated as a function of its own, with image and model of the experiment's in"
        + " turn; durations come from "
        + (timed == trace.functions().size() ? "the trace" : durations);
  }

  private Trace traceOf(Choice workload) {
    Map<String, Object> given = workload.parameters();
    var source =
        new TraceSource(
            path(given, "file").orElseThrow(),
            constant(TraceSource.Format.values(), given.get("format")),
            path(given, "durations"),
            path(given, "memory"),
            ((Number) given.getOrDefault("functions", Integer.MAX_VALUE)).intValue(),
            constant(
                TraceSource.Placement.values(), given.getOrDefault("placement", "uniform-order")));
    return traces.computeIfAbsent(source, Trace::read);
  }

  private Optional<Path> path(Map<String, Object> given, String name) {
    return Optional.ofNullable((String) given.get(name)).map(experiment::resolve);
  }

  private static <E extends Enum<E>> E constant(E[] constants, Object written) {
    for (E constant : constants) {
      if (WorkloadNames.written(constant).equals(written)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("not one of the allowed: " + written);
  }
}
