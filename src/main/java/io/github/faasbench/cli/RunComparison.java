package io.github.faasbench.cli;

import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.comparison.Comparison;
import io.github.faasbench.analysis.comparison.OldAndNew;
import io.github.faasbench.report.CompareTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Prints what a new run changed; apart, so that other commands load none of its classes. */
record RunComparison(PrintWriter out, PrintWriter err, boolean anyway) {

  /**
   * Compares the newest runs of two CSVs; answers the exit code.
   *
   * @param experiment null: the only one there is
   * @param allowed share by which a median may grow; NaN: any
   */
  int of(Path oldCsv, Path newCsv, String experiment, double allowed) throws Exception {
    ComparedRun old = ComparedRun.read(oldCsv, experiment, err);
    ComparedRun young = ComparedRun.read(newCsv, experiment, err);
    Unlikeness unlike = Unlikeness.of(old, young);
    if (!unlike.refused().isEmpty() && !anyway) {
      throw CliException.mistake(
          "These runs are unlike, so that a difference may have other causes:\n  "
              + String.join("\n  ", unlike.refused())
              + "\nCompare the cells that both have by --anyway.");
    }
    OldAndNew compared = OldAndNew.of(old.cells(), young.cells());
    if (compared.cells().isEmpty()) {
      throw CliException.mistake("No cell is in both " + oldCsv + " and " + newCsv + ".");
    }
    side("old", old);
    side("new", young);
    unlike.refused().forEach(line -> out.println("unlike: " + line));
    unlike.told().forEach(line -> out.println("note: " + line));
    out.println();
    out.print(CompareTable.render(compared, Screen.tableColumns()));
    left("old", compared.onlyOld());
    left("new", compared.onlyNew());
    boolean fine = Double.isNaN(allowed) || check(compared, allowed);
    out.flush();
    return fine ? ExitCode.DONE : ExitCode.CHECK_MISSED;
  }

  private void side(String name, ComparedRun run) {
    out.printf(
        "%s: %s, run %s, %s%n",
        name,
        run.csv(),
        run.run(),
        Texts.count(run.cells().calls(), "call")
            + (run.cells().failed() > 0 ? " (" + run.cells().failed() + " failed)" : ""));
  }

  private void left(String side, List<GroupKey> cells) {
    cells.forEach(key -> out.println("only in " + side + ": " + CompareTable.name(key)));
  }

  private boolean check(OldAndNew compared, double allowed) {
    List<Comparison> regressions = compared.regressions(allowed);
    List<Comparison> unknown = compared.cells().stream().filter(Comparison::tooFew).toList();
    String more = "slower by more than " + Texts.percent(allowed);
    out.println();
    // What can't be shown would always pass.
    unknown.forEach(
        cell ->
            out.println(
                "ERROR: "
                    + CompareTable.name(cell.first().key())
                    + ": too few "
                    + (cell.byRepetition() ? "repetitions" : "calls")
                    + " to show any difference"));
    if (regressions.isEmpty() && unknown.isEmpty()) {
      out.println("pass: no cell is shown to be " + more);
      return true;
    }
    for (Comparison cell : regressions) {
      out.println(
          "FAIL: "
              + CompareTable.name(cell.first().key())
              + " is "
              + more
              + ": "
              + CompareTable.change(cell.medianRatio().value())
              + " (95 % interval "
              + CompareTable.interval(cell.medianRatio().interval())
              + ")");
    }
    return false;
  }
}
