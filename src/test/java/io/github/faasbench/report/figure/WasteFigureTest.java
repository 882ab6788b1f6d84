package io.github.faasbench.report.figure;

import static io.github.faasbench.metrics.SampleRows.START;
import static io.github.faasbench.metrics.SampleRows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.faasbench.analysis.GroupKey;
import io.github.faasbench.analysis.SummarySink;
import io.github.faasbench.metrics.ContainerLife;
import io.github.faasbench.metrics.Invocation;
import java.util.List;
import org.junit.jupiter.api.Test;

class WasteFigureTest {
  private final SummarySink sink = new SummarySink(GroupKey.CELL);

  /** A cell of that warming, with one call and one container of so much memory. */
  private void cell(String warming, long memoryBytes) throws Exception {
    Invocation call = row().warming(warming).cell(warming).build();
    sink.accept(call);
    sink.ended(
        new ContainerLife(
            new ContainerLife.Cell(
                call.experiment(),
                call.run(),
                warming,
                1,
                call.policy(),
                warming,
                call.keepAlive(),
                call.workload()),
            call.function(),
            call.node(),
            "c",
            ContainerLife.MadeBy.CALL,
            START,
            START,
            START,
            1,
            1,
            2,
            memoryBytes,
            START,
            ContainerLife.End.CELL_END));
  }

  private Drawing drawing() {
    List<Drawing> all = WasteFigure.all(sink.summary(List.of("ssh_node_1")), () -> "id");
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void aCellWhoseMemoryIsNotKnownIsInTheTableOnly() throws Exception {
    cell("warmed", 100 << 20);
    cell("paused", 0);
    Drawing drawing = drawing();
    assertThat(drawing.json() + drawing.script()).contains("warmed").doesNotContain("paused");
    assertThat(drawing.table()).contains("warmed", "paused", "200");
    assertThat(drawing.caption()).endsWith("since their functions' memory is not stated: paused.");
  }

  @Test
  void whereAllIsKnownNothingIsLeftOut() throws Exception {
    cell("warmed", 100 << 20);
    cell("paused", 50 << 20);
    Drawing drawing = drawing();
    assertThat(drawing.json() + drawing.script()).contains("warmed", "paused");
    assertThat(drawing.caption()).endsWith("is better.");
  }
}
