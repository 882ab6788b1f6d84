package io.github.faasbench.analysis;

import io.github.faasbench.metrics.Column;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Invocation.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * The figures of every group, in reading order: experiment, run, function, policy, warming type.
 *
 * @param columns that the records are grouped by
 * @param wastes by group, of those of which it is known how long containers waited
 * @param designs of the runs
 */
public record Summary(
    List<Column> columns, List<GroupSummary> groups, Map<GroupKey, Waste> wastes, Designs designs) {

  /** Of calls alone. */
  public Summary(List<Column> columns, List<GroupSummary> groups) {
    this(columns, groups, Map.of(), Designs.NONE);
  }

  /** These groups of it. */
  public Summary only(List<GroupSummary> some) {
    return new Summary(columns, some, wastes, designs);
  }

  /** What the group's waiting containers came to; empty: not known. */
  public Optional<Waste> waste(GroupSummary group) {
    return Optional.ofNullable(wastes.get(group.key()));
  }

  /** Summarises per cell, over its repetitions. */
  public static Summary of(Iterable<Invocation> rows) {
    return of(rows, GroupKey.CELL);
  }

  /** Summarises by these columns. */
  public static Summary of(Iterable<Invocation> rows, List<Column> columns) {
    SummarySink sink = new SummarySink(columns);
    rows.forEach(sink::accept);
    return sink.summary();
  }

  /** All calls. */
  public long calls() {
    return sum(GroupSummary::calls);
  }

  /** Calls that did not end ok. */
  public long failed() {
    return sum(GroupSummary::failed);
  }

  /** What a reader of the figures has to know, one sentence each; empty when all is well. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (failed() > 0) {
      List<String> kinds = new ArrayList<>();
      for (Outcome outcome : Outcome.values()) {
        long count = sum(group -> group.outcomes().getOrDefault(outcome, 0L));
        if (outcome != Outcome.OK && count > 0) {
          kinds.add(count + " " + outcome.text());
        }
      }
      notes.add(
          failed()
              + " of "
              + calls()
              + " calls did not end ok ("
              + String.join(", ", kinds)
              + "): means are of the others only, in percentiles they count as infinitely slow.");
    }
    long retried = sum(GroupSummary::retried);
    if (retried > 0) {
      notes.add(
          retried
              + (retried == 1 ? " call" : " calls")
              + " needed more than one attempt ("
              + sum(GroupSummary::retriedOk)
              + " ended ok): the time of those before the last is in their latency, as queueing;"
              + " the causes are in attempts.csv in the run's folder.");
    }
    groups.stream()
        .filter(group -> group.observations().worth().dependent())
        .filter(group -> !designs.of(group.key().get(Column.RUN)).mser())
        .max(Comparator.comparingLong(group -> group.observations().mserCut()))
        .filter(group -> group.observations().mserCut() > 0)
        .ifPresent(
            group ->
                notes.add(
                    "MSER-5 would leave out up to "
                        + group.observations().mserCut()
                        + " calls at the beginning of a repetition; that is a hint, and nothing was"
                        + " left out for it (warmUp does)."));
    double error = groups.stream().mapToDouble(g -> g.latency().percentileError()).max().orElse(0);
    if (error > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "Percentiles of more than %,d calls are within %s %% of the exact value.",
              LatencyTally.EXACT,
              100 * error));
    }
    return notes;
  }

  private long sum(ToLongFunction<GroupSummary> figure) {
    return groups.stream().mapToLong(figure).sum();
  }

  /** The columns in which groups differ, and that one if it is among them. */
  public List<Column> varying(Column always) {
    return columns.stream().filter(column -> column == always || varies(column)).toList();
  }

  private boolean varies(Column column) {
    return groups.stream().map(group -> group.key().get(column)).distinct().count() > 1;
  }
}
