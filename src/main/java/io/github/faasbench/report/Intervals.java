package io.github.faasbench.report;

import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.Summary;
import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.analysis.series.Unit;
import io.github.faasbench.analysis.statistics.Interval;
import io.github.faasbench.metrics.Column;
import java.util.List;
import java.util.stream.Collectors;

/** How intervals are named and written, wherever they stand. */
public final class Intervals {

  private Intervals() {}

  /** The statistic that verdicts of a summary's runs are about; of unlike runs the mean. */
  public static Statistic primary(Summary summary) {
    List<Statistic> all =
        summary.groups().stream()
            .map(group -> summary.designs().of(group.key().get(Column.RUN)).primary())
            .distinct()
            .toList();
    return all.size() == 1 ? all.get(0) : Statistic.MEAN;
  }

  /** A column's name: intervals within blocks of time are not called 95 % intervals. */
  public static String name(Summary summary) {
    return withinBlocks(summary) ? "within block" : "95 % interval";
  }

  /** Such as {@code 1.2 to 1.3}; a dash where there is none. */
  public static String text(Interval interval, TimeUnitChoice unit) {
    return interval.known()
        ? unit.format(interval.low()) + " to " + unit.format(interval.high())
        : "-";
  }

  /** What the intervals of a summary speak of. */
  public static String legend(Summary summary) {
    if (withinBlocks(summary)) {
      return "within block: how sure the figure is of these blocks of time; each repetition on real"
          + " nodes is one, and an interval of the system takes 5 (set repetitions: 5)";
    }
    return "95 % interval: of the " + primary(summary).text() + ", over " + units(summary);
  }

  private static String units(Summary summary) {
    return summary.groups().stream()
        .filter(group -> group.observations().refusal().isEmpty())
        .map(group -> word(group.observations().unit()))
        .distinct()
        .collect(Collectors.joining(" or "));
  }

  /** What an interval rests on. */
  public static String word(Unit unit) {
    return switch (unit) {
      case CALL -> "calls";
      case BATCH -> "batches of calls";
      case REPETITION -> "repetitions";
    };
  }

  private static boolean withinBlocks(Summary summary) {
    return summary.groups().stream().anyMatch(Intervals::withinBlocks);
  }

  private static boolean withinBlocks(GroupSummary group) {
    return group.observations().withinBlocks();
  }
}
