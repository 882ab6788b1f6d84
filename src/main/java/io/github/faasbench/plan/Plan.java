package io.github.faasbench.plan;

import io.github.faasbench.experiment.Choice;
import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.FunctionSpec;
import io.github.faasbench.experiment.StopSpec;
import io.github.faasbench.experiment.WarmUpSpec;
import io.github.faasbench.random.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** An experiment's cells in the order in which they run, and the calls of each. */
public final class Plan {

  private final Experiment experiment;
  private final OpenLoops openLoops;
  private final List<Cell> cells;

  /** How many calls a load makes that ends by time, by its seed. */
  private final Map<Long, Long> counted = new HashMap<>();

  private Plan(Experiment experiment) {
    this.experiment = experiment;
    openLoops = new OpenLoops(experiment);
    List<Cell> all = new ArrayList<>();
    for (int repetition = 1; repetition <= experiment.repetitions(); repetition++) {
      List<Cell> round = combinations(repetition);
      if (experiment.order() == Experiment.Order.INTERLEAVED) {
        shuffle(round, Seeds.hash(experiment.seed() + "\norder\n" + repetition));
      }
      all.addAll(round);
    }
    cells = List.copyOf(all);
    cells.forEach(this::length);
    cells.forEach(this::checkWarmUp);
  }

  /** The reader has no trace's calls and length, and can't count what comes in a time. */
  private void checkWarmUp(Cell cell) {
    WarmUpSpec warmUp = experiment.warmUp();
    boolean tooLong =
        OpenLoops.trace(cell.workload())
            && length(cell).filter(end -> warmUp.duration().compareTo(end) > 0).isPresent();
    if (warmUp.calls() >= cell.invocations() || tooLong) {
      throw new PlanException(
          "warmUp: nothing would be measured of "
              + cell.title()
              + ", which ends after "
              + cell.invocations()
              + " calls"
              + (tooLong ? " and " + length(cell).orElseThrow().toMillis() / 1e3 + " s" : "")
              + "; make it shorter");
    }
  }

  /**
   * Expands the factors. Every repetition holds every combination once, shuffled by the seed unless
   * the order is as written, so that drift does not look like an effect of a factor.
   *
   * @throws PlanException when the experiment can't be carried out
   * @throws io.github.faasbench.plan.trace.TraceException when a trace is wrong
   */
  public static Plan of(Experiment experiment) {
    return new Plan(experiment);
  }

  /** What it was made from. */
  public Experiment experiment() {
    return experiment;
  }

  /** Each factor combination in each repetition. */
  public List<Cell> cells() {
    return cells;
  }

  /** All invocations of all cells. */
  public long invocations() {
    return cells.stream().mapToLong(Cell::invocations).sum();
  }

  /** A cell's calls, when they come by themselves; empty: clients make them. */
  public Optional<Arrivals> arrivals(Cell cell) {
    return OpenLoops.open(cell.workload())
        ? Optional.of(
            openLoops.of(
                cell.workload(), cell.functions().size(), cell.seeds(), cell.invocations()))
        : Optional.empty();
  }

  /** For how long a cell's calls come, about; empty: until clients have made them. */
  public Optional<Duration> length(Cell cell) {
    return OpenLoops.open(cell.workload())
        ? Optional.of(openLoops.length(cell.workload(), cell.invocations()))
        : Optional.empty();
  }

  /** What a user has to know before it runs, one sentence each. */
  public List<String> notes() {
    List<String> notes =
        experiment.workloads().stream()
            .filter(OpenLoops::trace)
            .map(openLoops::note)
            .collect(Collectors.toList());
    if (experiment.stop().isPresent()) {
      notes.add("cells end as soon as their intervals are narrow: these are the most calls");
    }
    notes.addAll(VerdictNotes.of(experiment, cells));
    return notes;
  }

  /** Functions that are called together, and by which loads. */
  private record Group(List<FunctionSpec> functions, List<Choice> workloads) {}

  /** A trace has a cell of its own for all of its functions. */
  private List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    List<Choice> others =
        experiment.workloads().stream().filter(workload -> !OpenLoops.trace(workload)).toList();
    if (experiment.mix() == Experiment.Mix.TOGETHER) {
      groups.add(new Group(experiment.functions(), others));
    } else {
      experiment.functions().forEach(one -> groups.add(new Group(List.of(one), others)));
    }
    for (Choice workload : experiment.workloads()) {
      if (OpenLoops.trace(workload)) {
        groups.add(new Group(openLoops.functionsOf(workload), List.of(workload)));
      }
    }
    return groups;
  }

  private List<Cell> combinations(int repetition) {
    List<Cell> cells = new ArrayList<>();
    for (Group group : groups()) {
      for (Choice policy : experiment.policies()) {
        for (Choice warming : experiment.warmings()) {
          for (Choice workload : group.workloads()) {
            for (Choice keepAlive : experiment.keepAlives()) {
              cells.add(cell(group.functions(), policy, warming, workload, keepAlive, repetition));
            }
          }
        }
      }
    }
    return cells;
  }

  private Cell cell(
      List<FunctionSpec> functions,
      Choice policy,
      Choice warming,
      Choice workload,
      Choice keepAlive,
      int repetition) {
    Seeds seeds =
        Seeds.of(experiment.seed(), workload.toString(), Cell.names(functions), repetition);
    return new Cell(
        Cell.idOf(functions, policy, warming, workload, keepAlive),
        repetition,
        functions,
        policy,
        warming,
        workload,
        keepAlive,
        invocations(workload, functions, seeds),
        experiment.duration(),
        seeds);
  }

  /** How many calls a cell makes: all that come in its time are counted by making them once. */
  private long invocations(Choice workload, List<FunctionSpec> functions, Seeds seeds) {
    long asked = experiment.stop().map(StopSpec::max).orElse(experiment.invocations());
    if (experiment.duration().isPresent()) {
      return counted.computeIfAbsent(
          seeds.arrivals(), seed -> openLoops.count(workload, functions.size(), seeds));
    }
    if (OpenLoops.trace(workload)) {
      return Math.min(asked, openLoops.calls(workload));
    }
    return asked * (experiment.mix() == Experiment.Mix.TOGETHER ? functions.size() : 1);
  }

  /** Fisher and Yates. */
  private static void shuffle(List<Cell> cells, long seed) {
    var random = new Stream(seed);
    for (int i = cells.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      Cell cell = cells.get(i);
      cells.set(i, cells.get(j));
      cells.set(j, cell);
    }
  }
}
