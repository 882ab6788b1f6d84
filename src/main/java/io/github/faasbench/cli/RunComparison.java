package io.github.faasbench.cli;

import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.comparison.Comparison;
import io.github.faasbench.analysis.comparison.OldAndNew;
import io.github.faasbench.analysis.comparison.OldAndNew.Answer;
import io.github.faasbench.analysis.series.Unit;
import io.github.faasbench.report.CompareTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints what a new run changed; apart, so that other commands load none of its classes. */
record RunComparison(PrintWriter out, PrintWriter err, boolean anyway) {

  /**
   * Compares the newest runs of two CSVs; answers the exit code.
   *
   * @param experiment null: the only one there is
   * @param allowed share by which the primary statistic may grow; NaN: any
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
    OldAndNew compared =
        OldAndNew.of(old.cells(), young.cells(), young.design().primary(), old.sameLoadsAs(young));
    if (compared.cells().isEmpty()) {
      throw CliException.mistake("No cell is in both " + oldCsv + " and " + newCsv + ".");
    }
    side("old", old);
    side("new", young);
    unlike.refused().forEach(line -> out.println("unlike: " + line));
    unlike.told().forEach(line -> out.println("note: " + line));
    out.println();
    out.print(CompareTable.render(compared, Screen.outputColumns()));
    left("old", compared.onlyOld());
    left("new", compared.onlyNew());
    int exitCode = Double.isNaN(allowed) ? ExitCode.DONE : check(compared, allowed);
    out.flush();
    return exitCode;
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

  /** A cell that can't be decided would always pass: it is told apart, by its exit code too. */
  private int check(OldAndNew compared, double allowed) {
    Map<Answer, List<Comparison>> answers =
        compared.cells().stream()
            .collect(Collectors.groupingBy(cell -> OldAndNew.answer(cell, allowed)));
    List<Comparison> slower = answers.getOrDefault(Answer.SLOWER, List.of());
    List<Comparison> undecided = answers.getOrDefault(Answer.UNDECIDED, List.of());
    String more = "slower by more than " + Texts.percent(allowed);
    out.println();
    slower.forEach(
        cell ->
            out.println(
                "FAIL: "
                    + name(cell)
                    + " is slower: "
                    + seen(cell)
                    + ", the limit is "
                    + Texts.percent(allowed)));
    undecided.forEach(
        cell ->
            out.println(
                "UNDECIDED: "
                    + name(cell)
                    + (OldAndNew.failsMore(cell)
                        ? failures(cell)
                        : cell.decided()
                            ? " may be "
                                + more
                                + ", or not: "
                                + seen(cell)
                                + "; "
                                + longer(cell, allowed)
                            : ": " + cell.obstacle())));
    if (!slower.isEmpty()) {
      return ExitCode.CHECK_MISSED;
    }
    if (!undecided.isEmpty()) {
      out.println(
          "undecided: "
              + undecided.size()
              + " of "
              + Texts.count(compared.cells().size(), "cell")
              + " can't be told to be "
              + more
              + ", nor not to be; this is no pass");
      return ExitCode.UNDECIDED;
    }
    out.println("pass: no cell is " + more);
    return ExitCode.DONE;
  }

  /** An interval narrows with the root of the number of calls. */
  private static String longer(Comparison cell, double allowed) {
    double room = Math.abs(Math.log((1 + allowed) / cell.ratio().value()));
    double reach = Math.log(cell.ratio().interval().high() / cell.ratio().value());
    double times = Math.max(2, Math.ceil(Math.pow(reach / room, 2)));
    if (times > 100) {
      return "it is as close to the limit as can be told";
    }
    return cell.ratio().unit() == Unit.REPETITION
        ? String.format(Locale.ROOT, "make about %.0f repetitions", times * cell.ratio().units())
        : String.format(Locale.ROOT, "measure about %.0f times as many calls", times);
  }

  private static String failures(Comparison cell) {
    return String.format(
        Locale.ROOT,
        " fails or rejects %.1f %% of its calls, before %.1f %%: latencies are no answer",
        cell.second().failedPercent(),
        cell.first().failedPercent());
  }

  private static String name(Comparison cell) {
    return CompareTable.name(cell.first().key());
  }

  private static String seen(Comparison cell) {
    return CompareTable.change(cell.ratio().value())
        + " (95 % interval "
        + CompareTable.interval(cell.ratio().interval())
        + ")";
  }
}
