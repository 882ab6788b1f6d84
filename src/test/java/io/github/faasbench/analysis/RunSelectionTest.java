package io.github.faasbench.analysis;

import static io.github.faasbench.metrics.SampleRows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.RecordsException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunSelectionTest {

  private final List<Invocation> rows =
      List.of(
          row().experiment("a").run("a1").build(),
          row().experiment("b").run("b1").build(),
          row().experiment("a").run("a2").build());

  @Test
  void theNewestRunOfEachExperimentIsTheOneThatStandsLast() throws RecordsException {
    RunSelection.Selected selected = RunSelection.newest().select(rows);
    assertThat(runs(selected)).containsExactly("b1", "a2");
    assertThat(selected.runs()).isEqualTo(2);
    assertThat(selected.runsLeftOut()).isEqualTo(1);
  }

  @Test
  void aRunAnExperimentOrAllCanBeAskedFor() throws RecordsException {
    assertThat(runs(RunSelection.ofRun("a1").select(rows))).containsExactly("a1");
    assertThat(runs(RunSelection.all().select(rows))).containsExactly("a1", "b1", "a2");
    assertThat(runs(RunSelection.all().ofExperiment("a").select(rows))).containsExactly("a1", "a2");
    assertThat(runs(RunSelection.newest().ofExperiment("a").select(rows))).containsExactly("a2");
  }

  @Test
  void whatIsNotThereIsNamedWithWhatIs() {
    assertThatThrownBy(() -> RunSelection.ofRun("zz").select(rows))
        .isInstanceOf(RecordsException.class)
        .hasMessage("no run `zz` in the CSV; runs there: a1, b1, a2, or all");
    assertThatThrownBy(() -> RunSelection.newest().ofExperiment("c").select(rows))
        .hasMessage("no experiment `c` in the CSV; there: a, b");
    assertThatThrownBy(() -> RunSelection.ofRun("b1").ofExperiment("a").select(rows))
        .hasMessageStartingWith("no run `b1` of experiment `a` in the CSV");
    assertThatThrownBy(() -> RunSelection.newest().select(List.of()))
        .hasMessage("the CSV has no usable row: nothing to report");
  }

  private static List<String> runs(RunSelection.Selected selected) {
    return selected.rows().stream().map(Invocation::run).toList();
  }
}
