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
import java.util.Map;

/**
 * How long a plan will take: from the rows that the CSV has of the same function and warming, and
 * from round figures where it has none.
 *
 * @param total of all cells
 * @param measuredCells cells whose estimate rests on earlier rows
 */
record Estimate(Duration total, int measuredCells, int cells) {

  /** Cleaning, preparing and verifying a cell. */
  private static final double CELL_SECONDS = 4;

  private static final Map<String, Double> GUESS_SECONDS =
      Map.of("cold", 12.0, "pre-warmed", 4.5, "warmed", 3.5);

  static Estimate of(Plan plan, Path csv) {
    Map<String, double[]> seen = earlier(csv);
    double seconds = 0;
    int measured = 0;
    for (Cell cell : plan.cells()) {
      double[] sums = seen.get(key(cell.functions().get(0).image(), cell.warming().name()));
      measured += sums == null ? 0 : 1;
      double call =
          sums == null ? GUESS_SECONDS.getOrDefault(cell.warming().name(), 5.0) : sums[0] / sums[1];
      boolean closed = cell.workload().name().equals("closed");
      int clients = closed ? ((Number) cell.workload().parameters().get("clients")).intValue() : 1;
      int servers = Math.max(1, plan.experiment().nodes().size());
      seconds += CELL_SECONDS + cell.invocations() * call / Math.min(clients, servers);
    }
    return new Estimate(Duration.ofSeconds(Math.round(seconds)), measured, plan.cells().size());
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

  /** One or two lines for the user. */
  String text() {
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
    return "estimated time: "
        + Texts.duration(total)
        + " ("
        + basis
        + ")\nto shorten it: --set invocations=5, or fewer values in a factor";
  }
}
