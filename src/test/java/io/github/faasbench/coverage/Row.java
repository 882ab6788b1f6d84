package io.github.faasbench.coverage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A row of the table: what was asked and what was seen. */
final class Row {

  private static final String FORMAT = "%-58s %-32s %5s %8s %8s %7s  %s%n";

  private final String name;
  private final Counts counts;
  private final List<Bound> bounds;
  private final List<String> notes = new ArrayList<>();
  private boolean holds = true;

  /**
   * @param bounds none: it is stated and not judged
   */
  Row(String name, Counts counts, Bound... bounds) {
    this.name = name;
    this.counts = counts;
    this.bounds = List.of(bounds);
  }

  static String header() {
    return String.format(FORMAT, "check", "asked", "N", "answered", "refused", "seen", "verdict");
  }

  /** Something else that is seen. */
  Row note(String format, Object... values) {
    notes.add(String.format(Locale.ROOT, format, values));
    return this;
  }

  /** Something else that is asked. */
  Row also(boolean held, String format, Object... values) {
    holds &= held;
    return note(format + (held ? "" : " (FAILED)"), values);
  }

  String name() {
    return name;
  }

  boolean judged() {
    return !bounds.isEmpty();
  }

  boolean holds() {
    return holds && bounds.stream().allMatch(bound -> bound.holds(counts));
  }

  /** As a line of the table, and one more for what else there is. */
  @Override
  public String toString() {
    String asked = bounds.stream().map(Bound::text).collect(Collectors.joining(", "));
    String line =
        String.format(
            Locale.ROOT,
            FORMAT,
            name,
            asked.isEmpty() ? "(stated)" : asked,
            counts.trials(),
            counts.answered(),
            share(counts.refused(), counts.trials()),
            share(counts.yes(), counts.answered()),
            judged() ? holds() ? "ok" : "FAILED" : "-");
    return notes.isEmpty() ? line : line + "    " + String.join("; ", notes) + "\n";
  }

  private static String share(int of, int all) {
    return all == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * of / all);
  }
}
