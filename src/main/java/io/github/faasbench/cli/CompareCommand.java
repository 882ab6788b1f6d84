package io.github.faasbench.cli;

import java.nio.file.Path;
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
    description = "Compares two runs of one experiment cell by cell: the newest of each CSV.",
    footer = {
      "",
      "Examples:",
      "  faasbench compare before/metrics.csv after/metrics.csv",
      "  faasbench compare old.csv new.csv --fail-on-regression 5%%"
    })
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
          "exits with 99 when a cell is shown to be slower, by more than this (5 or 5%%), and with 5"
              + " when that can't be decided; by the experiment's primary statistic, the mean by"
              + " default")
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
    double allowed = limit == null ? Double.NaN : share(limit);
    var comparison =
        new RunComparison(spec.commandLine().getOut(), spec.commandLine().getErr(), anyway);
    return comparison.of(oldCsv, newCsv, experiment, allowed);
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
