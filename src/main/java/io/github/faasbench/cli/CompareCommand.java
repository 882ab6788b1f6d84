package io.github.faasbench.cli;

import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.comparison.Comparison;
import io.github.faasbench.analysis.comparison.OldAndNew;
import io.github.faasbench.report.CompareTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a new run of an experiment changed against an old one. */
@Command(
    name = "compare",
    description = "Compares two runs of one experiment cell by cell: the newest of each CSV.")
final class CompareCommand implements Callable<Integer> {

  private static final Pattern PERCENT = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,9})?) ?%?");

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "OLD.csv", description = "metrics.csv before the change")
  private Path oldCsv;

  @Parameters(index = "1", paramLabel = "NEW.csv", description = "metrics.csv after it")
  private Path newCsv;

  @Option(
      names = "--fail-on-regression",
      paramLabel = "PERCENT",
      description =
          "exits with 99 when a cell's median is shown to be slower, by more than this (5 or 5%%)")
  private String limit;

  @Option(
      names = "--experiment",
      paramLabel = "NAME",
      description = "this experiment, where a CSV holds several")
  private String experiment;

  @Option(names = "--anyway", description = "compares unlike experiments too")
  private boolean anyway;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    double allowed = limit == null ? Double.NaN : share(limit);
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
    side(out, "old", old);
    side(out, "new", young);
    unlike.refused().forEach(line -> out.println("unlike: " + line));
    unlike.told().forEach(line -> out.println("note: " + line));
    out.println();
    out.print(CompareTable.render(compared, Screen.tableColumns()));
    left(out, "old", compared.onlyOld());
    left(out, "new", compared.onlyNew());
    boolean fine = Double.isNaN(allowed) || check(out, compared, allowed);
    out.flush();
    return fine ? ExitCode.DONE : ExitCode.CHECK_MISSED;
  }

  private static void side(PrintWriter out, String name, ComparedRun run) {
    out.printf(
        "%s: %s, run %s, %s%n",
        name,
        run.csv(),
        run.run(),
        Texts.count(run.cells().calls(), "call")
            + (run.cells().failed() > 0 ? " (" + run.cells().failed() + " failed)" : ""));
  }

  private static void left(PrintWriter out, String side, List<GroupKey> cells) {
    cells.forEach(key -> out.println("only in " + side + ": " + CompareTable.name(key)));
  }

  private boolean check(PrintWriter out, OldAndNew compared, double allowed) {
    List<Comparison> regressions = compared.regressions(allowed);
    List<Comparison> unknown = compared.cells().stream().filter(Comparison::tooFew).toList();
    String more = "slower by more than " + limit.replaceFirst(" ?%?$", " %");
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

  private static double share(String percent) throws CliException {
    Matcher matcher = PERCENT.matcher(percent.strip());
    if (!matcher.matches()) {
      throw CliException.mistake(
          "--fail-on-regression takes a percentage, as in 5 or 5%, not '" + percent + "'");
    }
    return Double.parseDouble(matcher.group(1)) / 100;
  }
}
