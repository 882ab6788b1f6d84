package io.github.faasbench.report.html;

import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.RunSelection;
import io.github.faasbench.metrics.Column;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RecordSink;
import io.github.faasbench.metrics.RecordsException;
import io.github.faasbench.report.figure.Grouping;
import io.github.faasbench.report.figure.Groups;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The first reading of the records: which runs there are, what differs in them, how many calls each
 * section would have, and when each repetition of a cell began. The second one then keeps only what
 * is shown.
 */
public final class PageOutline implements RecordSink {

  /** Functions of one load that get figures of their own; of more, those with the most calls. */
  static final int MOST_FUNCTIONS = 12;

  /** Sections with figures, whatever they are. */
  static final int MOST_SECTIONS = 40;

  /** Further functions that are lines of a table. */
  static final int MOST_LISTED = 100;

  record Window(String run, String cell, int repetition) {
    boolean holds(Invocation row) {
      return repetition == row.repetition() && cell.equals(row.cell()) && run.equals(row.run());
    }
  }

  static final class Start {
    final Window window;
    long firstNanos = Long.MAX_VALUE;

    Start(Window window) {
      this.window = window;
    }
  }

  private static final class Tally {
    long calls;
  }

  private final Grouping wanted;
  private final RunSelection.Seen seen = new RunSelection.Seen();
  private final Groups<Tally> groups;
  private final Map<Window, Start> starts = new HashMap<>();
  private Start last;

  public PageOutline(Grouping grouping) {
    wanted = grouping;
    Set<Column> columns = new LinkedHashSet<>(List.of(Column.EXPERIMENT, Column.RUN));
    columns.addAll(grouping.columns());
    groups = new Groups<>(List.copyOf(columns), key -> new Tally());
  }

  @Override
  public void accept(Invocation row) {
    seen.accept(row);
    groups.of(row).calls++;
    if (row.arrivedAtNanos() == Invocation.NO_TIME) {
      return;
    }
    if (last == null || !last.window.holds(row)) {
      Window window = new Window(row.run(), row.cell(), row.repetition());
      last = starts.computeIfAbsent(window, Start::new);
    }
    last.firstNanos = Math.min(last.firstNanos, row.arrivedAtNanos());
  }

  @Override
  public void close() {}

  /**
   * What the page shows of the chosen runs.
   *
   * @throws RecordsException nothing is what was asked for
   */
  public PagePlan plan(RunSelection selection) throws RecordsException {
    RunSelection.Choice choice = selection.choose(seen);
    Map<GroupKey, Tally> chosen = groups.all();
    chosen.keySet().removeIf(key -> !choice.holds(key.get(Column.EXPERIMENT), key.get(Column.RUN)));
    Grouping grouping = wanted.fitting(chosen.keySet());
    Map<GroupKey, Long> calls = new LinkedHashMap<>();
    chosen.forEach(
        (key, tally) -> calls.merge(key.of(grouping.sections()), tally.calls, Long::sum));
    List<GroupKey> byCalls = new ArrayList<>(calls.keySet());
    byCalls.sort((a, b) -> Long.compare(calls.get(b), calls.get(a)));
    List<Column> load = grouping.ofAllFunctions().sections();
    Map<GroupKey, Integer> functions = new LinkedHashMap<>();
    byCalls.forEach(key -> functions.merge(key.of(load), 1, Integer::sum));
    Set<GroupKey> together = new LinkedHashSet<>();
    Map<GroupKey, Integer> drawnOfLoad = new HashMap<>();
    Set<GroupKey> drawn = new LinkedHashSet<>();
    Set<GroupKey> listed = new LinkedHashSet<>();
    for (GroupKey key : byCalls) {
      GroupKey place = key.of(load);
      boolean many =
          grouping.sections().contains(Column.FUNCTION) && functions.get(place) > MOST_FUNCTIONS;
      if (many && together.size() < MOST_SECTIONS / 2) {
        together.add(place);
      }
      int before = drawnOfLoad.merge(place, 1, Integer::sum) - 1;
      if ((!many || before < MOST_FUNCTIONS) && drawn.size() + together.size() < MOST_SECTIONS) {
        drawn.add(key);
      } else if (listed.size() < MOST_LISTED) {
        listed.add(key);
      }
    }
    boolean everyLoadHasMany =
        functions.values().stream().allMatch(n -> n > GroupKey.MOST_FUNCTIONS);
    return new PagePlan(
        grouping, choice, starts, drawn, listed, together, calls.size(), everyLoadHasMany);
  }
}
