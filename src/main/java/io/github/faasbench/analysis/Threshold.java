package io.github.faasbench.analysis;

import io.github.faasbench.metrics.Column;
import java.util.List;
import java.util.Map;

/**
 * What must hold in every cell that it is about.
 *
 * @param check as the user wrote it
 * @param upper whether the limit is the most allowed; else it is the least
 * @param inclusive whether the limit itself is allowed
 * @param limit in the measure's unit
 * @param where column to the values that are meant; a column that is not there: all
 */
public record Threshold(
    String check,
    Measure measure,
    boolean upper,
    boolean inclusive,
    double limit,
    Map<Column, List<String>> where) {

  /** How it went. */
  public enum Status {
    PASSED,
    MISSED,
    /** No cell is meant, or one that is meant has no such figure: never a pass. */
    NO_DATA
  }

  /**
   * A check and what it saw.
   *
   * @param cells that are meant
   * @param missed how many of them don't keep to the limit, or have no figure
   * @param worst the value farthest to the wrong side; NaN: no data
   * @param worstCell where it was seen; null: no cell is meant
   */
  public record Result(
      Threshold threshold, Status status, int cells, int missed, double worst, GroupKey worstCell) {

    public boolean passed() {
      return status == Status.PASSED;
    }
  }

  /** Checks the cells of a summary. */
  public Result check(Summary summary) {
    List<GroupSummary> cells =
        summary.groups().stream().filter(group -> means(group.key())).toList();
    int missed = 0;
    GroupSummary worst = null;
    for (GroupSummary cell : cells) {
      missed += holds(value(cell)) ? 0 : 1;
      worst = worst == null || worse(value(cell), value(worst)) ? cell : worst;
    }
    if (worst == null) {
      return new Result(this, Status.NO_DATA, 0, 0, Double.NaN, null);
    }
    double seen = value(worst);
    Status status =
        Double.isNaN(seen) ? Status.NO_DATA : missed == 0 ? Status.PASSED : Status.MISSED;
    return new Result(this, status, cells.size(), missed, seen, worst.key());
  }

  private boolean means(GroupKey key) {
    return where.entrySet().stream()
        .allMatch(selected -> selected.getValue().contains(key.get(selected.getKey())));
  }

  private double value(GroupSummary cell) {
    return measure.of().applyAsDouble(cell);
  }

  private boolean holds(double value) {
    return inclusive && value == limit || (upper ? value < limit : value > limit);
  }

  /** No figure is worst of all. */
  private boolean worse(double value, double than) {
    if (Double.isNaN(value) || Double.isNaN(than)) {
      return !Double.isNaN(than);
    }
    return upper ? value > than : value < than;
  }
}
