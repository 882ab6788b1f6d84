package io.github.faasbench.report.html;

import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.RunSelection;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.report.figure.Grouping;
import java.util.Map;
import java.util.Set;

/** What the second reading keeps of the records. */
public final class PagePlan {

  private final Grouping grouping;
  private final RunSelection.Choice choice;
  private final Map<PageOutline.Window, PageOutline.Start> starts;
  private final Set<GroupKey> drawn;
  private final Set<GroupKey> listed;
  private final Set<GroupKey> together;
  private final int sections;
  private final boolean everyLoadHasMany;
  private PageOutline.Start last;

  /**
   * @param drawn sections with figures
   * @param listed sections that are lines of a table
   * @param together loads with a section for all functions
   * @param sections how many there are in all
   * @param everyLoadHasMany whether each load has more functions than anybody reads
   */
  PagePlan(
      Grouping grouping,
      RunSelection.Choice choice,
      Map<PageOutline.Window, PageOutline.Start> starts,
      Set<GroupKey> drawn,
      Set<GroupKey> listed,
      Set<GroupKey> together,
      int sections,
      boolean everyLoadHasMany) {
    this.everyLoadHasMany = everyLoadHasMany;
    this.grouping = grouping;
    this.choice = choice;
    this.starts = starts;
    this.drawn = drawn;
    this.listed = listed;
    this.together = together;
    this.sections = sections;
  }

  Grouping grouping() {
    return grouping;
  }

  public RunSelection.Choice choice() {
    return choice;
  }

  Set<GroupKey> drawn() {
    return drawn;
  }

  Set<GroupKey> listed() {
    return listed;
  }

  Set<GroupKey> together() {
    return together;
  }

  /** Whether each load has more functions than anybody reads: cells are then of all together. */
  boolean everyLoadHasMany() {
    return everyLoadHasMany;
  }

  /** Sections that have neither figures nor a line. */
  int leftOut() {
    return sections - drawn.size() - listed.size();
  }

  /** When the call arrived, since the first arrival of its repetition; NaN: not known. */
  double secondsInRepetition(Invocation row) {
    if (row.arrivedAtNanos() == Invocation.NO_TIME) {
      return Double.NaN;
    }
    if (last == null || !last.window.holds(row)) {
      last = starts.get(new PageOutline.Window(row.run(), row.cell(), row.repetition()));
    }
    return (row.arrivedAtNanos() - last.firstNanos) / 1e9;
  }
}
