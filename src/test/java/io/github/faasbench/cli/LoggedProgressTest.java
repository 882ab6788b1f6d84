package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.experiment.Experiments;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.plan.Cell;
import io.github.faasbench.plan.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoggedProgressTest {

  @TempDir private Path folder;

  @Test
  void aWarningOfEachCellIsShownOnceAndLoggedEachTime() throws Exception {
    Plan plan =
        Plan.of(
            Experiments.of(
                Names.vocabulary(),
                """
                name: e
                backend: sim
                nodes: {count: 1, cpu: 1}
                functions: [{name: f, model: {exec: 1s}}]
                policy: [round-robin, random]
                warming: [cold, warmed]
                """));
    List<String> shown = new ArrayList<>();
    Path file = folder.resolve("log");
    try (RunLog log = new RunLog(false)) {
      log.open(file);
      var host = new HostWatch(folder.resolve("no-proc"), List.of());
      var progress = new LoggedProgress(screen(shown), log, host, () -> {});
      progress.warning("one engine serves all");
      int number = 0;
      for (Cell cell : plan.cells()) {
        progress.cellStarted(cell, ++number, plan.cells().size());
        progress.warning("an image stays");
        progress.warning("cell " + cell.title() + ": drain n did not happen");
        progress.cellEnded(cell);
      }
      progress.end();
    }
    assertThat(shown)
        .containsExactly(
            "one engine serves all",
            "an image stays",
            "cell " + plan.cells().get(0).title() + ": drain n did not happen",
            "the same came 6 more times; the log has each");
    assertThat(Files.readAllLines(file).stream().filter(line -> line.contains("an image stays")))
        .hasSize(4);
  }

  private static ShownProgress screen(List<String> shown) {
    return new ShownProgress() {
      @Override
      public void cellStarted(Cell cell, int number, int cells) {}

      @Override
      public void recorded(Cell cell, Invocation invocation) {}

      @Override
      public void warning(String message) {
        shown.add(message);
      }

      @Override
      public void end() {}
    };
  }
}
