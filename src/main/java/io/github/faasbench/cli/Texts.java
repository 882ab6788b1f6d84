package io.github.faasbench.cli;

import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.metrics.RowProblems;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;

/** How times and counts are shown. */
final class Texts {

  private Texts() {}

  /** {@code 42 s}, {@code 12 min}, {@code 1 h 05 min}. */
  static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7200) {
      return Math.round(seconds / 60.0) + " min";
    }
    return seconds / 3600 + " h " + String.format("%02d min", seconds % 3600 / 60);
  }

  /** Tells of the first lines of CSVs that can't be used, and how many more there are. */
  static void tell(RowProblems problems, PrintWriter err) {
    problems.first().forEach(err::println);
    if (problems.count() > problems.first().size()) {
      err.println("and " + (problems.count() - problems.first().size()) + " more such lines");
    }
    err.flush();
  }

  /** A share, as in {@code 5 %}. */
  static String percent(double share) {
    return new BigDecimal(100 * share)
            .round(new MathContext(9))
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }

  /** As people write it on the command line. */
  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** Beginning of a message: the file's nodes exist only as a model. */
  static String simulated(Experiment experiment) {
    return experiment.file()
        + ": its "
        + count(experiment.nodes().size(), "node")
        + (experiment.nodes().size() == 1 ? " is" : " are")
        + " simulated";
  }
}
