package io.github.faasbench.plan;

import io.github.faasbench.experiment.Experiment;
import io.github.faasbench.experiment.Factor;
import io.github.faasbench.experiment.PrimaryStatistic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which of a plan's verdicts can't be shown, however it runs: better said before than after. */
final class VerdictNotes {

  /** On real nodes a repetition is one block of time; tests compare blocks, and need some. */
  private static final int FEWEST_BLOCKS = 5;

  /** Of a cell, over all its repetitions. */
  private static final int FEWEST_CALLS = 20;

  /** Ten calls beyond the 95th percentile, or it has no interval. */
  private static final int FEWEST_CALLS_FOR_P95 = 200;

  private VerdictNotes() {}

  /** One sentence each, with what to do. */
  static List<String> of(Experiment experiment, List<Cell> cells) {
    List<String> notes = new ArrayList<>();
    int blocks = experiment.repetitions();
    boolean compares =
        Arrays.stream(Factor.values()).anyMatch(factor -> experiment.values(factor).size() > 1);
    if (!experiment.simulated() && compares && blocks < FEWEST_BLOCKS) {
      notes.add(
          "each repetition on real nodes is one block of time, and there "
              + (blocks == 1 ? "is 1" : "are " + blocks)
              + ": with fewer than "
              + FEWEST_BLOCKS
              + ", differences are described, not tested; set repetitions: "
              + FEWEST_BLOCKS);
    }
    long warmUp = experiment.warmUp().calls();
    Map<String, Long> calls = new HashMap<>();
    cells.forEach(
        cell -> calls.merge(cell.id(), Math.max(0, cell.invocations() - warmUp), Long::sum));
    long least = calls.values().stream().mapToLong(Long::longValue).min().orElse(0);
    if (experiment.primary() == PrimaryStatistic.P95 && least < FEWEST_CALLS_FOR_P95) {
      notes.add(
          "primary is p95, which takes "
              + FEWEST_CALLS_FOR_P95
              + " independent calls a cell over all repetitions, and a cell measures "
              + least
              + ": there will be no verdict on it; raise invocations or repetitions");
    }
    long few = calls.values().stream().filter(of -> of < FEWEST_CALLS).count();
    if (few > 0) {
      notes.add(
          few
              + " of "
              + calls.size()
              + (calls.size() == 1 ? " cell" : " cells")
              + (few == 1 ? " has" : " have")
              + " fewer than "
              + FEWEST_CALLS
              + " calls over all repetitions, too few for an interval; raise invocations or"
              + " repetitions");
    }
    return notes;
  }
}
