package io.github.faasbench.analysis.comparison;

import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.Summary;
import io.github.faasbench.analysis.statistics.MannWhitney;
import io.github.faasbench.analysis.statistics.ManySamples;
import io.github.faasbench.metrics.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Groups that differ in one factor only: whether it makes a difference at all, and which pairs of
 * its values differ.
 *
 * @param factor policy, warming type, workload or keep-alive
 * @param common what the groups have in common; its value of the factor says nothing
 * @param groups in reading order, two or more
 * @param byRepetition whether repetitions are the unit
 * @param any Kruskal and Wallis's test over all of them
 * @param spread Brown and Forsythe's
 * @param pairs each with each, in reading order, corrected by Holm
 */
public record FactorComparison(
    Column factor,
    GroupKey common,
    List<GroupSummary> groups,
    boolean byRepetition,
    ManySamples.Test any,
    ManySamples.Test spread,
    List<Comparison> pairs) {

  private static final List<Column> FACTORS =
      List.of(Column.POLICY, Column.WARMING, Column.WORKLOAD, Column.KEEP_ALIVE);

  /** Every factor that varies, for each combination of the others, in reading order. */
  public static List<FactorComparison> of(Summary summary) {
    List<FactorComparison> all = new ArrayList<>();
    for (Column factor : FACTORS) {
      if (summary.columns().contains(factor)) {
        families(summary, factor).forEach((common, groups) -> all.add(of(factor, common, groups)));
      }
    }
    return List.copyOf(all);
  }

  private static Map<GroupKey, List<GroupSummary>> families(Summary summary, Column factor) {
    Map<GroupKey, List<GroupSummary>> families = new LinkedHashMap<>();
    for (GroupSummary group : summary.groups()) {
      families.computeIfAbsent(group.key().with(factor, ""), key -> new ArrayList<>()).add(group);
    }
    families.values().removeIf(groups -> groups.size() < 2);
    return families;
  }

  private static FactorComparison of(Column factor, GroupKey common, List<GroupSummary> groups) {
    boolean byRepetition = groups.stream().allMatch(g -> g.sample().repetitions() > 1);
    List<double[]> units =
        groups.stream().map(g -> Comparison.units(g.sample(), byRepetition)).toList();
    List<Comparison> pairs = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      for (GroupSummary second : groups.subList(i + 1, groups.size())) {
        pairs.add(Comparison.of(groups.get(i), second));
      }
    }
    return new FactorComparison(
        factor,
        common,
        List.copyOf(groups),
        byRepetition,
        ManySamples.kruskalWallis(units),
        Comparison.spread(groups, byRepetition),
        Comparison.corrected(pairs));
  }

  /** The value of the factor that a group stands for. */
  public String value(GroupSummary group) {
    return group.key().get(factor);
  }

  /** What is shown, in plain sentences: one for each pair, or one for all where it is the same. */
  public List<String> verdicts() {
    if (pairs.size() > 1 && pairs.stream().allMatch(Comparison::tooFew)) {
      return List.of(
          Verdict.tooFew(names(), byRepetition, leastP(), MannWhitney.valuesNeeded(pairs.size())));
    }
    if (pairs.size() > 1 && pairs.stream().noneMatch(Comparison::shown)) {
      return List.of(
          "no difference shown between "
              + names()
              + " (Kruskal-Wallis "
              + Verdict.p(any.p())
              + ")");
    }
    return pairs.stream().map(this::verdict).toList();
  }

  /** What is shown of one of the pairs. */
  public String verdict(Comparison pair) {
    return Verdict.of(pair, value(pair.first()), value(pair.second()));
  }

  /** Which value of the factor varies least and which most; empty where no such thing is shown. */
  public Optional<String> spreadVerdict() {
    if (pairs.stream().noneMatch(Comparison::spreadShown)) {
      return Optional.empty();
    }
    Comparator<GroupSummary> bySpread = Comparator.comparingDouble(g -> g.sample().spread());
    GroupSummary least = groups.stream().min(bySpread).orElseThrow();
    GroupSummary most = groups.stream().max(bySpread).orElseThrow();
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s varies least, %s most: a call is on average %.3g s and %.3g s from the median"
                + " (Brown-Forsythe %s)",
            value(least),
            value(most),
            least.sample().spread(),
            most.sample().spread(),
            Verdict.p(spread.p())));
  }

  private double leastP() {
    return pairs.stream().mapToDouble(Comparison::leastP).min().orElse(1);
  }

  private String names() {
    return groups.stream().map(this::value).collect(Collectors.joining(", "));
  }
}
