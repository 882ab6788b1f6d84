package io.github.faasbench.cli;

import io.github.faasbench.metrics.CsvRecords;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RecordsException;
import io.github.faasbench.plan.Cell;
import io.github.faasbench.plan.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How long a plan will take: from the rows that the CSV has of the same function and warming, and
 * from round figures where it has none.
 *
 * @param total of all cells
 * @param measuredCells cells whose estimate rests on earlier rows
 * @param simulated whether it is virtual time
 */
record Estimate(Duration total, int measuredCells, int cells, boolean simulated) {

  /** Cleaning, preparing and verifying a cell. */
  private static final double CELL_SECONDS = 4;

  private static final Map<String, Double> GUESS_SECONDS =
      Map.of("cold", 12.0, "pre-warmed", 4.5, "warmed", 3.5, "paused", 2.5, "resident", 2.5);

  /** What earlier calls took: image and warming to the sum of their seconds, and their number. */
  record Earlier(Map<String, double[]> sums) {

    /** From the rows of a CSV, which need not be there. */
    static Earlier of(Path csv) {
      return new Earlier(earlier(csv));
    }

    /** Of some of a plan's cells. */
    Estimate estimate(Plan plan, List<Cell> cells) {
      double seconds = 0;
      int measured = 0;
      for (Cell cell : cells) {
        List<double[]> known =
            cell.functions().stream()
                .map(function -> sums.get(key(function.image(), cell.warming().name())))
                .filter(Objects::nonNull)
                .toList();
        measured += known.size() == cell.functions().size() ? 1 : 0;
        double guess = GUESS_SECONDS.getOrDefault(cell.warming().name(), 5.0);
        double call = known.stream().mapToDouble(sum -> sum[0] / sum[1]).average().orElse(guess);
        seconds += CELL_SECONDS + callsSeconds(plan, cell, call);
      }
      boolean simulated = plan.experiment().simulated();
      return new Estimate(
          Duration.ofSeconds(Math.round(seconds)), measured, cells.size(), simulated);
    }
  }

  /** Calls that come by themselves end one call after the last has come, if the nodes keep up. */
  private static double callsSeconds(Plan plan, Cell cell, double call) {
    return plan.length(cell)
        .map(length -> length.toMillis() / 1e3 + call)
        .orElseGet(
            () -> {
              Object given = cell.workload().parameters().getOrDefault("clients", 1);
              int servers = Math.max(1, plan.experiment().nodes().size());
              return cell.invocations() * call / Math.min(((Number) given).intValue(), servers);
            });
  }

  /** Image and warming to the sum of seconds of its calls, clean-up included, and their number. */
  private static Map<String, double[]> earlier(Path csv) {
    Map<String, double[]> sums = new HashMap<>();
    if (Files.exists(csv)) {
      try {
        CsvRecords.stream(
            csv,
            row -> {
              if (row.outcome() == Invocation.Outcome.OK) {
                double[] sum =
                    sums.computeIfAbsent(key(row.image(), row.warming()), k -> new double[2]);
                sum[0] +=
                    row.latencySeconds()
                        + (Double.isNaN(row.cleanupSeconds()) ? 0 : row.cleanupSeconds());
                sum[1]++;
              }
            },
            problem -> {});
      } catch (RecordsException e) {
        return Map.of(); // the run itself will say what is wrong with the file
      }
    }
    return sums;
  }

  private static String key(String image, String warming) {
    return image + " " + warming;
  }

  /** One line for the user. */
  String text() {
    if (simulated) {
      return "simulated: it runs as fast as this machine can";
    }
    String basis =
        measuredCells == cells
            ? "from the calls that the CSV already has"
            : measuredCells == 0
                ? "a rough guess: the CSV has no such calls yet"
                : "in part a guess: the CSV has such calls for "
                    + measuredCells
                    + " of "
                    + cells
                    + " cells";
    return "estimated time: " + Texts.duration(total) + " (" + basis + ")";
  }
}
