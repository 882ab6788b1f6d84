package io.github.faasbench.report.html;

import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.Summary;
import io.github.faasbench.analysis.SummarySink;
import io.github.faasbench.analysis.comparison.FactorComparison;
import io.github.faasbench.metrics.ContainerLife;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RecordSink;
import io.github.faasbench.report.TimeUnitChoice;
import io.github.faasbench.report.Verdicts;
import io.github.faasbench.report.figure.CallSample;
import io.github.faasbench.report.figure.Grouping;
import io.github.faasbench.report.figure.Groups;
import io.github.faasbench.report.figure.ReportSection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The second reading of the records: summaries of the groups and bounded samples of their calls.
 * Its memory grows with the groups that are shown, not with the calls.
 */
public final class PageData implements RecordSink {

  /** Points of a group; fewer where many sections share the page. */
  private static final int MOST_POINTS = 400;

  private static final int FEWEST_POINTS = 30;
  private static final int POINTS_OF_GROUPS = 2_500;

  /** Ranks that jsplot's boxes of all sections are drawn from, and of one. */
  private static final int RANKS_OF_PAGE = 6_000;

  private static final int MOST_RANKS = 2_000;
  private static final int FEWEST_RANKS = 100;

  private enum Role {
    DRAWN,
    LISTED,
    LEFT_OUT
  }

  /** Groups that are shown in one way, each with a sample where it has figures. */
  private static final class Shown {
    final Grouping grouping;
    final SummarySink summaries;
    final Groups<CallSample> samples;
    private Summary summary;
    private List<FactorComparison> comparisons;

    Shown(Grouping grouping, int points) {
      this.grouping = grouping;
      summaries = new SummarySink(grouping.columns());
      samples = new Groups<>(grouping.columns(), key -> new CallSample(points));
    }

    /** Once all rows are there: intervals and tests are costly, and kept. */
    Summary summary() {
      if (summary == null) {
        summary = summaries.summary();
      }
      return summary;
    }

    List<FactorComparison> comparisons() {
      if (comparisons == null) {
        comparisons = FactorComparison.of(summary());
      }
      return comparisons;
    }

    void accept(Invocation row, double atSeconds) {
      summaries.accept(row);
      samples.of(row).add(row, atSeconds);
    }
  }

  private final PagePlan plan;
  private final Groups<Role> roles;
  private final Groups<Boolean> loads;
  private final Shown drawn;
  private final Shown together;
  private final SummarySink listed;
  private final SummarySink whole;
  private final SummarySink kept;
  private boolean anyKept;
  private final Map<String, RunFacts> runs = new LinkedHashMap<>();
  private final FailedCalls failed = new FailedCalls();

  public PageData(PagePlan plan) {
    this.plan = plan;
    Grouping all = plan.grouping().ofAllFunctions();
    int sections = Math.max(1, plan.drawn().size() + plan.together().size());
    int points = Math.max(FEWEST_POINTS, Math.min(MOST_POINTS, POINTS_OF_GROUPS / sections));
    roles = new Groups<>(plan.grouping().sections(), this::role);
    loads = new Groups<>(all.sections(), plan.together()::contains);
    drawn = new Shown(plan.grouping(), points);
    together = new Shown(all, points);
    listed = new SummarySink(plan.grouping().columns());
    whole = new SummarySink(all.columns());
    kept = new SummarySink(plan.together().isEmpty() ? GroupKey.CELL : GroupKey.CELL_OF_MANY);
  }

  private Role role(GroupKey section) {
    if (plan.drawn().contains(section)) {
      return Role.DRAWN;
    }
    return plan.listed().contains(section) ? Role.LISTED : Role.LEFT_OUT;
  }

  @Override
  public void accept(Invocation row) {
    if (!plan.choice().holds(row)) {
      return;
    }
    runs.computeIfAbsent(row.run(), RunFacts::new).accept(row);
    failed.accept(row);
    Role role = roles.of(row);
    double atSeconds = plan.secondsInRepetition(row);
    if (role == Role.DRAWN) {
      drawn.accept(row, atSeconds);
    } else if (role == Role.LISTED) {
      listed.accept(row);
    }
    if (!plan.together().isEmpty() && loads.of(row)) {
      together.accept(row, atSeconds);
    }
    if (isPartial()) {
      whole.accept(row);
    }
    if (anyKept) {
      kept.accept(row);
    }
  }

  /** Lives come before the calls. */
  @Override
  public void ended(ContainerLife life) {
    if (plan.choice().holds(life.cell().experiment(), life.cell().run())) {
      anyKept = true;
      kept.ended(life);
    }
  }

  /** By cell, with what its waiting containers came to; no groups: it is not known of any. */
  Summary kept() {
    return kept.summary();
  }

  @Override
  public void close() {}

  /** Whether some sections have no figures. */
  boolean isPartial() {
    return !plan.listed().isEmpty() || plan.leftOut() > 0;
  }

  PagePlan plan() {
    return plan;
  }

  List<RunFacts> runs() {
    return List.copyOf(runs.values());
  }

  FailedCalls failed() {
    return failed;
  }

  /** Of all calls. */
  Summary summary() {
    return isPartial() ? whole.summary() : drawn.summary();
  }

  /** What differs, place by place: of all functions together where there are many. */
  List<Verdicts.Place> verdicts() {
    return Verdicts.of(compared().comparisons(), compared().summary());
  }

  /** How that was found. */
  String method() {
    return Verdicts.method(compared().comparisons());
  }

  private Shown compared() {
    return plan.together().isEmpty() ? drawn : together;
  }

  /** Of the sections that are lines of a table. */
  Summary listed() {
    return listed.summary();
  }

  /** Those with figures: first of all functions together, then of single ones. */
  List<ReportSection> sections() {
    Summary of = drawn.summary();
    Summary all = together.summary();
    int groups = Math.max(1, of.groups().size() + all.groups().size());
    int ranks = Math.max(FEWEST_RANKS, Math.min(MOST_RANKS, RANKS_OF_PAGE / groups));
    List<ReportSection> sections = new ArrayList<>(sections(together, all, ranks));
    sections.addAll(sections(drawn, of, ranks));
    return sections;
  }

  private static List<ReportSection> sections(Shown shown, Summary summary, int ranks) {
    Map<GroupKey, CallSample> samples = shown.samples.all();
    Map<GroupKey, List<ReportSection.Group>> groups = new LinkedHashMap<>();
    for (GroupSummary group : summary.groups()) {
      groups
          .computeIfAbsent(group.key().of(shown.grouping.sections()), key -> new ArrayList<>())
          .add(
              new ReportSection.Group(
                  group, samples.get(group.key()), shown.summaries.ranks(group.key(), ranks)));
    }
    Map<GroupKey, List<FactorComparison>> comparisons =
        shown.comparisons().stream()
            .collect(
                Collectors.groupingBy(
                    one -> one.groups().get(0).key().of(shown.grouping.sections())));
    List<ReportSection> sections = new ArrayList<>();
    groups.forEach(
        (key, own) -> {
          var summaries = own.stream().map(ReportSection.Group::summary).toList();
          TimeUnitChoice unit = TimeUnitChoice.of(new Summary(List.of(), summaries));
          // Those between sections, by workload or keep-alive, are no part of one.
          List<FactorComparison> within =
              comparisons.getOrDefault(key, List.of()).stream()
                  .filter(one -> shown.grouping.factors().contains(one.factor()))
                  .toList();
          sections.add(new ReportSection(key, shown.grouping, unit, own, within));
        });
    return sections;
  }
}
