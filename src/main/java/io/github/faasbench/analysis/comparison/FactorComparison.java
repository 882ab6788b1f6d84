package io.github.faasbench.analysis.comparison;

import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.Summary;
import io.github.faasbench.metrics.Column;
import java.util.List;
import java.util.stream.Stream;

/**
 * Groups that differ in one factor only: each of its values against the baseline, and what else is
 * asked where that shows a difference.
 *
 * @param factor policy, warming type, workload or keep-alive
 * @param common what the groups have in common; its value of the factor says nothing
 * @param groups the baseline, then the others in reading order; two or more
 * @param primary each of the others against the baseline, by one statistic; corrected over all
 *     primary comparisons of the run
 * @param secondary other statistics of the same pairs, and the other pairs; corrected over all
 *     secondary ones of the run; empty where the primary ones show nothing
 * @param exploratory whether the groups were chosen after the data, so that no file fixed these
 *     comparisons
 */
public record FactorComparison(
    Column factor,
    GroupKey common,
    List<GroupSummary> groups,
    List<Comparison> primary,
    List<Comparison> secondary,
    boolean exploratory) {

  /** Every factor that varies, for each combination of the others, in reading order. */
  public static List<FactorComparison> of(Summary summary) {
    return Families.of(summary, !summary.columns().containsAll(GroupKey.CELL_OF_MANY));
  }

  /** The same of groups that are no cells of a run's family, whatever their columns. */
  public static List<FactorComparison> exploratory(Summary summary) {
    return Families.of(summary, true);
  }

  /** The value of the factor that a group stands for. */
  public String value(GroupSummary group) {
    return group.key().get(factor);
  }

  public GroupSummary baseline() {
    return groups.get(0);
  }

  /** All that was compared, the primary ones first. */
  public List<Comparison> all() {
    return Stream.concat(primary.stream(), secondary.stream()).toList();
  }

  /** What is shown, in plain sentences: of the primary comparisons first. */
  public List<String> verdicts() {
    return Sentences.of(this);
  }

  /** What is shown of one of the comparisons. */
  public String verdict(Comparison one) {
    return Sentences.of(this, one);
  }
}
