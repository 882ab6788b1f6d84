package io.github.faasbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.experiment.Experiments;
import io.github.faasbench.metrics.Environment.CellLoad;
import io.github.faasbench.plan.Cell;
import io.github.faasbench.plan.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostWatchTest {

  @TempDir private Path proc;

  private static Cell cell() {
    return Plan.of(
            Experiments.of(
                """
                name: e
                backend: sim
                nodes: {count: 1, cpu: 1}
                functions: [{name: f, model: {exec: 1s}}]
                policy: round-robin
                warming: cold
                """))
        .cells()
        .get(0);
  }

  @Test
  void loadAndStealAreThoseOfTheCell() throws Exception {
    Files.writeString(proc.resolve("loadavg"), "0.50 0.40 0.30 1/100 4242\n");
    Files.writeString(proc.resolve("stat"), "cpu  100 0 100 700 50 0 0 50 0 0\ncpu0 1 2\n");
    var watch = new HostWatch(proc);
    watch.cellStarted();
    Files.writeString(proc.resolve("loadavg"), "2.50 0.40 0.30 1/100 4242\n");
    Files.writeString(proc.resolve("stat"), "cpu  200 0 100 1580 50 0 0 70 0 0\ncpu0 1 2\n");
    watch.cellEnded(cell());
    CellLoad load = watch.loads().get(0);
    assertThat(load.loadBefore()).isEqualTo(0.5);
    assertThat(load.loadAfter()).isEqualTo(2.5);
    assertThat(load.stealPercent()).isCloseTo(2, within(1e-9));
  }

  @Test
  void aMachineThatDoesNotTellIsNoError() {
    var watch = new HostWatch(proc.resolve("nowhere"));
    watch.cellStarted();
    watch.cellEnded(cell());
    assertThat(watch.loads().get(0).loadBefore()).isNaN();
    assertThat(watch.loads().get(0).stealPercent()).isNaN();
  }
}
