package io.github.faasbench.analysis;

import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RecordsException;
import io.github.faasbench.words.NearestName;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which runs of a CSV are looked at. The newest run of an experiment is the one whose last row
 * stands last: the file is append-only, and simulated runs all start at the same instant.
 *
 * @param run an id; {@code all}; empty: the newest of each experiment
 * @param experiment only this one; empty: every experiment
 */
public record RunSelection(String run, String experiment) {

  /** The runs that stand in the records, in the order of their first rows. */
  public static final class Seen {

    record Run(String experiment, String id) {}

    private final Map<String, String> newestRuns = new LinkedHashMap<>();
    private final Set<Run> runs = new LinkedHashSet<>();
    private String experiment;
    private String run;

    public void accept(Invocation row) {
      if (row.run().equals(run) && row.experiment().equals(experiment)) {
        return;
      }
      experiment = row.experiment();
      run = row.run();
      newestRuns.put(experiment, run);
      runs.add(new Run(experiment, run));
    }

    private Set<String> ids() {
      return runs.stream().map(Run::id).collect(Collectors.toCollection(LinkedHashSet::new));
    }
  }

  /** What is chosen. */
  public static final class Choice {

    private final Set<Seen.Run> chosen;
    private final List<String> runs;
    private final int runsLeftOut;
    private Invocation last;
    private boolean lastHeld;

    private Choice(Set<Seen.Run> chosen, int runsInAll) {
      this.chosen = chosen;
      runs = chosen.stream().map(Seen.Run::id).distinct().toList();
      runsLeftOut = runsInAll - runs.size();
    }

    /** The ids of the runs, in the order of their first rows. */
    public List<String> runs() {
      return runs;
    }

    /** How many runs of the CSV are not among them. */
    public int runsLeftOut() {
      return runsLeftOut;
    }

    public boolean holds(String experiment, String run) {
      return chosen.contains(new Seen.Run(experiment, run));
    }

    /** Whether the row is of a chosen run; rows of a run come in long series. */
    public boolean holds(Invocation row) {
      if (last == null
          || !last.run().equals(row.run())
          || !last.experiment().equals(row.experiment())) {
        lastHeld = holds(row.experiment(), row.run());
      }
      last = row;
      return lastHeld;
    }
  }

  /** The newest run of each experiment. */
  public static RunSelection newest() {
    return new RunSelection("", "");
  }

  /** One run. */
  public static RunSelection ofRun(String id) {
    return new RunSelection(id, "");
  }

  /** Every run. */
  public static RunSelection all() {
    return new RunSelection("all", "");
  }

  /** The same, of one experiment only. */
  public RunSelection ofExperiment(String name) {
    return new RunSelection(run, name);
  }

  /**
   * Chooses.
   *
   * @throws RecordsException nothing in the records is what was asked for
   */
  public Choice choose(Seen seen) throws RecordsException {
    if (seen.runs.isEmpty()) {
      throw new RecordsException("the CSV has no usable row: nothing to report");
    }
    Set<Seen.Run> chosen =
        seen.runs.stream()
            .filter(one -> chooses(one, seen.newestRuns))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (chosen.isEmpty()) {
      throw nothing(seen.newestRuns.keySet(), seen.ids());
    }
    return new Choice(chosen, seen.ids().size());
  }

  private boolean chooses(Seen.Run one, Map<String, String> newestRuns) {
    if (!experiment.isEmpty() && !experiment.equals(one.experiment())) {
      return false;
    }
    if (run.isEmpty()) {
      return one.id().equals(newestRuns.get(one.experiment()));
    }
    return run.equals("all") || run.equals(one.id());
  }

  private RecordsException nothing(Set<String> experiments, Set<String> ids) {
    if (!experiment.isEmpty() && !experiments.contains(experiment)) {
      return new RecordsException(
          "no experiment `"
              + experiment
              + "` in the CSV; there: "
              + shortList(experiments)
              + NearestName.asked(experiment, experiments));
    }
    String within = experiment.isEmpty() ? "" : " of experiment `" + experiment + "`";
    return new RecordsException(
        "no run `"
            + run
            + "`"
            + within
            + " in the CSV; runs there: "
            + shortList(ids)
            + ", or all"
            + NearestName.asked(run, ids));
  }

  private static String shortList(Set<String> names) {
    String list = names.stream().limit(20).collect(Collectors.joining(", "));
    return names.size() > 20 ? list + ", … (" + names.size() + ")" : list;
  }
}
