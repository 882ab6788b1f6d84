package io.github.faasbench.cli;

import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.files.OwnFiles;
import io.github.faasbench.metrics.Journal;
import io.github.faasbench.metrics.Journaled;
import io.github.faasbench.metrics.RecordsException;
import io.github.faasbench.metrics.RunFolder;
import io.github.faasbench.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An earlier run of the same experiment, to go on with.
 *
 * @param folder of the run
 * @param journal how far it came
 */
record Resumption(RunFolder folder, Journaled journal) {

  /**
   * The newest unfinished run of the very same file; else the newest finished one; empty: there is
   * none, and nothing that the user may have meant.
   *
   * @param warnings told of an unfinished one that began with other columns, where it was meant
   * @throws CliException the newest unfinished run of this experiment is of another file or plan
   */
  static Optional<Resumption> find(Path out, Plan plan, Consumer<String> warnings)
      throws CliException, IOException {
    Experiment experiment = plan.experiment();
    List<Resumption> same = new ArrayList<>();
    List<Resumption> others = new ArrayList<>();
    List<Resumption> older = new ArrayList<>();
    for (RunFolder folder : RunFolder.all(out)) {
      Optional<Resumption> read = read(folder, experiment, warnings);
      if (read.isEmpty()) {
        continue;
      }
      Resumption run = read.get();
      boolean isSame = run.journal.identity().isOf(experiment.resolved());
      boolean canGoOn = run.journal.identity().hasTheseColumns();
      (!canGoOn ? older : isSame ? same : others).add(run);
    }
    same.sort(Comparator.comparing(run -> run.folder.number()));
    Optional<Resumption> unfinished = newestUnfinished(same);
    if (unfinished.isPresent()) {
      unfinished.get().checkPlan(plan, out);
      return unfinished;
    }
    if (!same.isEmpty()) {
      return Optional.of(same.get(same.size() - 1));
    }
    String nameLine = firstLine(experiment.resolved());
    others.removeIf(run -> !run.nameLine().equals(nameLine));
    older.removeIf(run -> !run.nameLine().equals(nameLine));
    Optional<Resumption> meant = newestUnfinished(others);
    if (meant.isPresent()) {
      throw meant.get().refuse("another file", meant.get().differences(experiment.resolved()), out);
    }
    newestUnfinished(older).ifPresent(run -> warnings.accept(run.whyAnew()));
    return Optional.empty();
  }

  /**
   * What can't be read is passed over and told, unless it is the run that is meant.
   *
   * @throws RecordsException that one can't be read
   */
  private static Optional<Resumption> read(
      RunFolder folder, Experiment experiment, Consumer<String> warnings) throws RecordsException {
    try {
      OwnFiles.checkFolder(folder.path());
      OwnFiles.check(folder.journalFile());
      return Optional.of(new Resumption(folder, Journaled.read(folder.journalFile())));
    } catch (IOException e) {
      if (isOf(folder, experiment)) {
        throw new RecordsException(
            e.getMessage()
                + ", so that how far the run came is not known; start anew without --resume",
            e);
      }
      warnings.accept(e.getMessage() + ": not of this experiment, and --resume passes it over");
      return Optional.empty();
    }
  }

  private static boolean isOf(RunFolder folder, Experiment experiment) {
    try {
      return folder.readExperiment().equals(experiment.resolved());
    } catch (RecordsException e) {
      return false;
    }
  }

  private String whyAnew() {
    return "run "
        + folder.id()
        + " is unfinished, but it began with the columns of faasbench "
        + journal.identity().columns()
        + ", and this version's rows have more: it can't go on, a new run begins; what it had"
        + " measured is kept";
  }

  private static Optional<Resumption> newestUnfinished(List<Resumption> runs) {
    return runs.stream().filter(run -> !run.journal.finished()).reduce((older, newer) -> newer);
  }

  private void checkPlan(Plan plan, Path out) throws CliException {
    Journal.Identity began = journal.identity();
    if (!began.plan().equals(PlanIdentity.cells(plan))) {
      String differs =
          "the cells, their order, seeds or numbers of calls (the run began with faasbench "
              + began.version()
              + ", this is "
              + Version.number()
              + ")";
      throw refuse("another plan", List.of(differs), out);
    }
  }

  private CliException refuse(String of, List<String> differences, Path out) {
    return CliException.mistake(
        "the newest unfinished run in "
            + out
            + ", "
            + folder.id()
            + ", is of "
            + of
            + ", so it can't go on:\n  "
            + String.join("\n  ", differences)
            + "\nPut that back as it was (the file that it ran is "
            + folder.experimentFile()
            + "), or start anew without --resume.");
  }

  private List<String> differences(String now) throws RecordsException {
    return TextDifference.of(folder.readExperiment(), now, "then", "now");
  }

  private String nameLine() {
    try {
      return firstLine(folder.readExperiment());
    } catch (RecordsException e) {
      return ""; // of no experiment that is known: not the one that is meant
    }
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
