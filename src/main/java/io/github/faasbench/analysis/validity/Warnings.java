package io.github.faasbench.analysis.validity;

import io.github.faasbench.analysis.GroupSummary;
import io.github.faasbench.analysis.Summary;
import io.github.faasbench.analysis.series.Observations;
import io.github.faasbench.analysis.series.Worth;
import io.github.faasbench.analysis.statistics.Quantiles;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.metrics.Environment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Looks for what may spoil the figures; each kind is told once, with how many groups it hits. */
public final class Warnings {

  /**
   * Calls below which the largest of them is less than the true 95th percentile in more than 5 % of
   * all samples (0.95 to the power of n), so that no interval from order statistics has an upper
   * end (Le Boudec, "Performance Evaluation of Computer and Communication Systems", 2010, section
   * 2.2).
   */
  private static final int FEWEST_FOR_P95 = 59;

  /** The same of the 99th, which tables have too. */
  public static final int FEWEST_FOR_P99 = 299;

  private final Summary summary;
  private final List<Warning> found = new ArrayList<>();

  private Warnings(Summary summary) {
    this.summary = summary;
  }

  /**
   * All that is found, the gravest first.
   *
   * @param environments of the summary's runs, where they are known
   */
  public static List<Warning> of(Summary summary, Collection<Environment> environments) {
    Warnings warnings = new Warnings(summary);
    warnings.coldInNameOnly();
    warnings.phases();
    warnings.lag();
    environments.stream().flatMap(e -> HostWarnings.of(e).stream()).forEach(warnings.found::add);
    warnings.stale();
    warnings.dependence();
    warnings.emptyStart();
    warnings.drift();
    warnings.outliers();
    warnings.few();
    return List.copyOf(warnings.found);
  }

  /**
   * Where containers are kept, the image is too: a cold call then makes another container of it.
   */
  private void coldInNameOnly() {
    long calls =
        summary.groups().stream()
            .filter(group -> List.of("", "none").contains(group.key().get(Column.KEEP_ALIVE)))
            .mapToLong(GroupSummary::coldInNameOnly)
            .sum();
    if (calls > 0) {
      add(
          calls + " cold call(s) found layers of the image on the node",
          "they were not wholly cold",
          "Use function images that share no layer with others, and run nothing else on the nodes");
    }
  }

  private void phases() {
    long calls = summary.groups().stream().mapToLong(GroupSummary::phaseFailures).sum();
    if (calls > 0) {
      add(
          calls
              + " call(s) have phases that miss the latency by more than 1 ms, or a negative rest",
          "a clock was set, an engine's times are wrong, or a connection broke before they were told",
          "Do not trust these calls' phases; `faasbench doctor` shows the nodes' clocks");
    }
  }

  private void lag() {
    about(
        GroupSummary::generatorFellBehind,
        GroupSummary::lagP99Seconds,
        (group, groups) ->
            new Warning(
                String.format(
                    Locale.ROOT,
                    "The load generator could not keep up in %s: calls were handed over up to %.3f"
                        + " ms late (99th percentile)",
                    groups,
                    1000 * group.lagP99Seconds()),
                "that is more than 1 % of the median latency, which includes it",
                "Lower the rate, or run faasbench on a machine with a free core"));
  }

  private void stale() {
    about(
        group -> group.loadAgeSeconds() > group.latency().median(),
        GroupSummary::loadAgeSeconds,
        (group, groups) ->
            new Warning(
                String.format(
                    Locale.ROOT,
                    "Nodes were chosen by load readings %.3f s old on average in %s",
                    group.loadAgeSeconds(),
                    groups),
                "calls end faster than the readings are renewed, so that policies that go by load"
                    + " choose by what has passed",
                "Use `loadProbe: fresh`, or a shorter interval"));
  }

  private void drift() {
    about(
        Drift::shown,
        group -> Math.abs(Drift.of(group).delta()),
        (group, groups) ->
            new Warning(
                String.format(
                    Locale.ROOT,
                    "Latency drifts within %s: the median goes from %.3f s in the first third of the"
                        + " calls to %.3f s in the last",
                    groups,
                    Drift.of(group).first(),
                    Drift.of(group).last()),
                "the cell was not in a steady state (warm-up, a growing queue, heat, other load), so"
                    + " that its figures depend on how long it ran",
                "Make more invocations, lower the rate, or look at latency over time first"));
  }

  private void outliers() {
    about(
        group -> group.sample().outliers() > 0,
        group -> group.sample().outliers(),
        (group, groups) ->
            new Warning(
                String.format(
                    Locale.ROOT,
                    "Outliers in %s, at most %d of %d calls: further from the median than %.1f median"
                        + " absolute deviations",
                    groups,
                    group.sample().outliers(),
                    group.sample().size(),
                    Quantiles.OUTLIER),
                "they move means and deviations; none was left out",
                "Look at medians too; if other programs may have disturbed the run, repeat it"));
  }

  private void dependence() {
    about(
        Warnings::refused,
        group -> -group.observations().worth().independent(),
        (group, groups) ->
            new Warning(
                "There is no interval and no verdict for " + groups,
                group.observations().refusal(),
                tooShort(group)
                    ? "Its first calls met an empty system, and it is too short to forget that: a"
                        + " longer run may show longer latencies"
                    : "Do not quote these figures as the system's"));
  }

  private static boolean refused(GroupSummary group) {
    return !group.observations().refusal().isEmpty();
  }

  /**
   * Repetitions that are units whatever depends inside, but are of the start, not of what follows.
   */
  private void emptyStart() {
    about(
        group -> !refused(group) && tooShort(group),
        group -> -group.observations().worth().independent(),
        (group, groups) ->
            new Warning(
                String.format(
                    Locale.ROOT,
                    "A repetition of %s is too short to forget that it began empty: its calls are"
                        + " worth about %.0f independent ones",
                    groups,
                    group.observations().worth().independent()
                        / group.observations().repetitions()),
                "figures and verdicts are of such short loads, and longer ones would show longer"
                    + " latencies",
                "Measure longer, or set warmUp, before you speak of a steady state"));
  }

  private static boolean tooShort(GroupSummary group) {
    Worth worth = group.observations().worth();
    return worth.dependent()
        && !group.key().get(Column.WORKLOAD).equals("sequential")
        && worth.independent() / group.observations().repetitions() < Observations.LEAST_WORTH;
  }

  private void few() {
    about(
        group -> !refused(group) && group.observations().worth().independent() < FEWEST_FOR_P95,
        group -> -group.observations().worth().independent(),
        (group, groups) ->
            new Warning(
                String.format(
                    Locale.ROOT,
                    "p95 rests on %d call(s)%s in %s",
                    group.calls(),
                    group.observations().worth().dependent()
                        ? String.format(
                            Locale.ROOT,
                            ", worth about %.0f independent ones,",
                            group.observations().worth().independent())
                        : "",
                    groups),
                "with fewer than " + FEWEST_FOR_P95 + " no 95 % interval of it has an upper end",
                String.format(
                    Locale.ROOT,
                    "Make %.0f invocations for an interval of p95, %.0f for one of p99, or do not quote"
                        + " them",
                    Observations.LEAST_BEYOND / 0.05,
                    Observations.LEAST_BEYOND / 0.01)));
  }

  private interface Told {
    Warning of(GroupSummary worst, String groups);
  }

  private void about(
      Predicate<GroupSummary> hit, ToDoubleFunction<GroupSummary> severity, Told told) {
    List<GroupSummary> groups = summary.groups().stream().filter(hit).toList();
    groups.stream()
        .max(Comparator.comparingDouble(severity))
        .ifPresent(worst -> found.add(told.of(worst, names(worst, groups.size()))));
  }

  /** The worst one's name, and how many others there are. */
  private String names(GroupSummary worst, int count) {
    String name =
        summary.columns().stream()
            .filter(this::varies)
            .map(column -> worst.key().get(column))
            .collect(Collectors.joining(" · "));
    if (name.isEmpty()) {
      return "the cell";
    }
    return count == 1 ? name : name + " and " + (count - 1) + " other group(s)";
  }

  private boolean varies(Column column) {
    return summary.groups().stream().map(group -> group.key().get(column)).distinct().count() > 1;
  }

  private void add(String what, String reason, String remedy) {
    found.add(new Warning(what, reason, remedy));
  }
}
