package io.github.faasbench.analysis.comparison;

import io.github.faasbench.analysis.Design;
import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.Summary;
import io.github.faasbench.analysis.series.Statistic;
import io.github.faasbench.analysis.statistics.ManySamples;
import io.github.faasbench.metrics.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which comparisons are tested together. A run has one family of primary comparisons: each value of
 * each factor against the baseline, in each setting, by one statistic. Its file fixes them before
 * there are data, so that neither choosing nor adding groups changes any p. What else is told is a
 * second family, asked only where a primary comparison shows a difference.
 */
final class Families {

  private static final List<Column> FACTORS =
      List.of(Column.POLICY, Column.WARMING, Column.WORKLOAD, Column.KEEP_ALIVE);

  /** More values than that, and their other pairs are not asked: there are too many to read. */
  private static final int MOST_VALUES = 6;

  private static final List<Statistic> STATISTICS =
      List.of(Statistic.MEAN, Statistic.MEDIAN, Statistic.P95, Statistic.SPREAD);

  /** One factor in one setting. */
  private static final class Setting {
    final Column factor;
    final GroupKey common;
    final List<GroupSummary> groups;
    final Statistic statistic;
    List<Comparison> primary = new ArrayList<>();
    List<Comparison> secondary = new ArrayList<>();

    Setting(Column factor, GroupKey common, List<GroupSummary> groups, Design design) {
      this.factor = factor;
      this.common = common;
      this.groups = new ArrayList<>(groups);
      statistic = design.primary();
      String baseline = design.baselines().get(factor);
      groups.stream()
          .filter(group -> group.key().get(factor).equals(baseline))
          .findFirst()
          .ifPresent(
              group -> {
                this.groups.remove(group);
                this.groups.add(0, group);
              });
    }

    Comparison compare(GroupSummary first, GroupSummary second, Statistic of) {
      boolean sameRuns = first.observations().ofTheSameRunsAs(second.observations());
      return Comparison.of(first, second, of, sameRuns, factor);
    }

    void askPrimary() {
      for (GroupSummary other : groups.subList(1, groups.size())) {
        primary.add(compare(groups.get(0), other, statistic));
      }
    }

    void askSecondary() {
      if (primary.stream().noneMatch(Comparison::shown)) {
        return;
      }
      for (Comparison pair : primary) {
        if (pair.shown()) {
          STATISTICS.stream()
              .filter(one -> !one.equals(statistic))
              .forEach(one -> secondary.add(compare(pair.first(), pair.second(), one)));
        }
      }
      for (int i = 1; i < groups.size() && groups.size() <= MOST_VALUES; i++) {
        for (GroupSummary other : groups.subList(i + 1, groups.size())) {
          secondary.add(compare(groups.get(i), other, statistic));
        }
      }
    }
  }

  private Families() {}

  static List<FactorComparison> of(Summary summary, boolean exploratory) {
    List<Setting> all = new ArrayList<>();
    Map<String, List<Setting>> byRun = new LinkedHashMap<>();
    for (Column factor : FACTORS) {
      if (summary.columns().contains(factor)) {
        settings(summary, factor)
            .forEach(
                (common, groups) -> {
                  String run = common.get(Column.RUN);
                  Setting one = new Setting(factor, common, groups, summary.designs().of(run));
                  all.add(one);
                  byRun.computeIfAbsent(run, id -> new ArrayList<>()).add(one);
                });
      }
    }
    byRun.values().forEach(Families::test);
    return all.stream()
        .map(
            one ->
                new FactorComparison(
                    one.factor,
                    one.common,
                    List.copyOf(one.groups),
                    List.copyOf(one.primary),
                    List.copyOf(one.secondary),
                    exploratory))
        .toList();
  }

  private static Map<GroupKey, List<GroupSummary>> settings(Summary summary, Column factor) {
    Map<GroupKey, List<GroupSummary>> settings = new LinkedHashMap<>();
    for (GroupSummary group : summary.groups()) {
      settings.computeIfAbsent(group.key().with(factor, ""), key -> new ArrayList<>()).add(group);
    }
    settings.values().removeIf(groups -> groups.size() < 2);
    return settings;
  }

  private static void test(List<Setting> run) {
    run.forEach(Setting::askPrimary);
    List<Comparison> primary = corrected(run.stream().flatMap(s -> s.primary.stream()).toList());
    int at = 0;
    for (Setting one : run) {
      int end = at + one.primary.size();
      one.primary = primary.subList(at, end);
      at = end;
      one.askSecondary();
    }
    List<Comparison> secondary =
        corrected(run.stream().flatMap(s -> s.secondary.stream()).toList());
    at = 0;
    for (Setting one : run) {
      int end = at + one.secondary.size();
      one.secondary = secondary.subList(at, end);
      at = end;
    }
  }

  /** Holm's correction over a family. */
  static List<Comparison> corrected(List<Comparison> family) {
    double[] p = ManySamples.holm(family.stream().mapToDouble(Comparison::p).toArray());
    List<Comparison> corrected = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      corrected.add(family.get(i).withP(p[i]));
    }
    return corrected;
  }
}
