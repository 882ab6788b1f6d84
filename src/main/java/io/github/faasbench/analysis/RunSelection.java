package io.github.faasbench.analysis;

import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RecordsException;
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

  /** The chosen records, and how many runs of the CSV are not among them. */
  public record Selected(List<Invocation> rows, int runs, int runsLeftOut) {}

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
  public Selected select(List<Invocation> rows) throws RecordsException {
    if (rows.isEmpty()) {
      throw new RecordsException("the CSV has no usable row: nothing to report");
    }
    Map<String, String> newestRuns = new LinkedHashMap<>();
    Set<String> ids = new LinkedHashSet<>();
    for (Invocation row : rows) {
      newestRuns.put(row.experiment(), row.run());
      ids.add(row.run());
    }
    List<Invocation> chosen = rows.stream().filter(row -> chooses(row, newestRuns)).toList();
    if (chosen.isEmpty()) {
      throw nothing(newestRuns.keySet(), ids);
    }
    int runs = (int) chosen.stream().map(Invocation::run).distinct().count();
    return new Selected(chosen, runs, ids.size() - runs);
  }

  private boolean chooses(Invocation row, Map<String, String> newestRuns) {
    if (!experiment.isEmpty() && !experiment.equals(row.experiment())) {
      return false;
    }
    if (run.isEmpty()) {
      return row.run().equals(newestRuns.get(row.experiment()));
    }
    return run.equals("all") || run.equals(row.run());
  }

  private RecordsException nothing(Set<String> experiments, Set<String> ids) {
    if (!experiment.isEmpty() && !experiments.contains(experiment)) {
      return new RecordsException(
          "no experiment `" + experiment + "` in the CSV; there: " + shortList(experiments));
    }
    String within = experiment.isEmpty() ? "" : " of experiment `" + experiment + "`";
    return new RecordsException(
        "no run `"
            + run
            + "`"
            + within
            + " in the CSV; runs there: "
            + shortList(ids)
            + ", or all");
  }

  private static String shortList(Set<String> names) {
    String list = names.stream().limit(20).collect(Collectors.joining(", "));
    return names.size() > 20 ? list + ", … (" + names.size() + ")" : list;
  }
}
