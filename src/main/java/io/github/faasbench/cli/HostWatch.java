package io.github.faasbench.cli;

import io.github.faasbench.files.PlainFile;
import io.github.faasbench.metrics.Environment.CellLoad;
import io.github.faasbench.plan.Cell;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads how busy this machine is as cells begin and end, from Linux's {@code /proc}. */
final class HostWatch {

  /** Fields of {@code cpu} in {@code /proc/stat}, man 5 proc: user, nice, system, … steal. */
  private static final int STEAL = 7;

  /** Of the fields that add up; guest time is within user time. */
  private static final int FIELDS = 8;

  private final Path proc;
  private final List<CellLoad> loads = new ArrayList<>();
  private double loadBefore = Double.NaN;
  private long[] ticksBefore = {};

  HostWatch(Path proc) {
    this(proc, List.of());
  }

  /**
   * One of a run that goes on.
   *
   * @param earlier what was read before
   */
  HostWatch(Path proc, List<CellLoad> earlier) {
    this.proc = proc;
    loads.addAll(earlier);
  }

  void cellStarted() {
    loadBefore = load();
    ticksBefore = ticks();
  }

  void cellEnded(Cell cell) {
    loads.add(
        new CellLoad(cell.id(), cell.repetition(), loadBefore, load(), stealPercent(ticks())));
  }

  /** Of each cell that ended; NaN where this machine does not tell. */
  List<CellLoad> loads() {
    return List.copyOf(loads);
  }

  private double stealPercent(long[] ticks) {
    if (ticks.length < FIELDS || ticksBefore.length < FIELDS) {
      return Double.NaN;
    }
    long all = Arrays.stream(ticks, 0, FIELDS).sum() - Arrays.stream(ticksBefore, 0, FIELDS).sum();
    return all <= 0 ? 0 : 100.0 * (ticks[STEAL] - ticksBefore[STEAL]) / all;
  }

  /** Mean number of processes that ran or waited in the last minute. */
  private double load() {
    try {
      return Double.parseDouble(PlainFile.text(proc.resolve("loadavg")).split(" ")[0]);
    } catch (IOException | NumberFormatException e) {
      return Double.NaN;
    }
  }

  private long[] ticks() {
    try {
      String first = PlainFile.text(proc.resolve("stat")).split("\n", 2)[0];
      return Arrays.stream(first.trim().split(" +")).skip(1).mapToLong(Long::parseLong).toArray();
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      return new long[0];
    }
  }
}
