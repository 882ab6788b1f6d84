package io.github.faasbench.report.html;

import io.github.faasbench.analysis.Designs;
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

    Shown(Grouping grouping, int points, Designs designs) {
      this.grouping = grouping;
      summaries = new SummarySink(grouping.columns(), designs);
      samples = new Groups<>(grouping.columns(), key -> new CallSample(points));
    }

    /** Once all rows are there: intervals and tests are costly, and kept. */
    Summary summary() {
      if (summary == null) {
        summary = summaries.summary();
      }
      return summary;
    }

    /** Of groups that no family of the run has: the page chose them. */
    List<FactorComparison> comparisons() {
      if (comparisons == null) {
        comparisons = FactorComparison.exploratory(summary());
      }
      return comparisons;
    }

    void accept(Invocation row, double atSeconds, boolean measured) {
      summaries.accept(row);
      if (measured) {
        samples.of(row).add(row, atSeconds);
      }
    }
  }

  private final PagePlan plan;
  private final Designs designs;
  private final Groups<Role> roles;
  private final Groups<Boolean> loads;
  private final Shown drawn;
  private final Shown together;
  private final SummarySink listed;
  private final SummarySink whole;
  private final SummarySink kept;

  /** All cells of the runs: what their families of comparisons are made of. */
  private final SummarySink tested;

  private Summary testedSummary;
  private List<FactorComparison> families;
  private boolean anyKept;
  private final Map<String, RunFacts> runs = new LinkedHashMap<>();
  private final FailedCalls failed = new FailedCalls();

  /** Of runs of which no file tells a design. */
  public PageData(PagePlan plan) {
    this(plan, Designs.NONE);
  }

  /**
   * @param designs of the runs
   */
  public PageData(PagePlan plan, Designs designs) {
    this.plan = plan;
    this.designs = designs;
    Grouping all = plan.grouping().ofAllFunctions();
    int sections = Math.max(1, plan.drawn().size() + plan.together().size());
    int points = Math.max(FEWEST_POINTS, Math.min(MOST_POINTS, POINTS_OF_GROUPS / sections));
    roles = new Groups<>(plan.grouping().sections(), this::role);
    loads = new Groups<>(all.sections(), plan.together()::contains);
    drawn = new Shown(plan.grouping(), points, designs);
    together = new Shown(all, points, designs);
    listed = new SummarySink(plan.grouping().columns(), designs);
    whole = new SummarySink(all.columns(), designs);
    kept =
        new SummarySink(plan.together().isEmpty() ? GroupKey.CELL : GroupKey.CELL_OF_MANY, designs);
    boolean drawnIsAll = plan.together().isEmpty() && !isPartial();
    tested =
        drawnIsAll || !plan.grouping().isCell()
            ? drawn.summaries
            : new SummarySink(
                plan.everyLoadHasMany() ? GroupKey.CELL_OF_MANY : GroupKey.CELL, designs);
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
    boolean measured = designs.measured(row);
    if (tested != drawn.summaries) {
      tested.accept(row);
    }
    if (role == Role.DRAWN) {
      drawn.accept(row, atSeconds, measured);
    } else if (role == Role.LISTED) {
      listed.accept(row);
    }
    if (!plan.together().isEmpty() && loads.of(row)) {
      together.accept(row, atSeconds, measured);
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

  /** What differs, place by place. */
  List<Verdicts.Place> verdicts() {
    return Verdicts.of(families(), testedSummary());
  }

  /** How that was found. */
  String method() {
    return Verdicts.method(families());
  }

  private Summary testedSummary() {
    if (testedSummary == null) {
      testedSummary = tested == drawn.summaries ? drawn.summary() : tested.summary();
    }
    return testedSummary;
  }

  /** As the file fixed them; of groups chosen by hand they say so themselves. */
  private List<FactorComparison> families() {
    if (families == null) {
      families = FactorComparison.of(testedSummary());
    }
    return families;
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

  /** Those of the families where the section shows the same groups, else its own. */
  private List<FactorComparison> comparisons(Shown shown) {
    boolean same = shown.grouping.columns().equals(testedSummary().columns());
    return same ? families() : shown.comparisons();
  }

  private List<ReportSection> sections(Shown shown, Summary summary, int ranks) {
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
        comparisons(shown).stream()
            .collect(
                Collectors.groupingBy(
                    one -> one.groups().get(0).key().of(shown.grouping.sections())));
    List<ReportSection> sections = new ArrayList<>();
    groups.forEach(
        (key, own) -> {
          var summaries = own.stream().map(ReportSection.Group::summary).toList();
          TimeUnitChoice unit = TimeUnitChoice.of(summary.only(summaries));
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
