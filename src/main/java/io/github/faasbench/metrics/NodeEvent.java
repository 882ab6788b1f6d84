package io.github.faasbench.metrics;

/**
 * An event of a cell as it came about: a fault that is over, or a node that came or went. Seconds
 * are since the cell's load began.
 *
 * @param action as in the file, such as {@code cut}
 * @param factor by which {@code slow} divided the node's processor time; 1 of any other
 * @param atSeconds when it was wanted; NaN: by number of calls
 * @param atInvocation after how many calls it was wanted; 0: by time
 * @param lastsSeconds how long it was wanted; NaN: to the cell's end, or no fault
 * @param beganSeconds from when the node was so; not when the command for it ended
 * @param endedSeconds until when it was so; NaN: no fault
 * @param note what differs from what was wanted; empty: nothing does
 */
public record NodeEvent(
    Cell cell,
    String action,
    String node,
    double factor,
    double atSeconds,
    long atInvocation,
    double lastsSeconds,
    double beganSeconds,
    double endedSeconds,
    String note) {

  /** Where it happened: columns of {@code metrics.csv}. */
  public record Cell(String run, String cell, int repetition) {}
}
