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
    RunSelection.Choice choice = RunSelection.newest().choose(seen(rows));
    assertThat(runs(RunSelection.newest())).containsExactly("b1", "a2");
    assertThat(choice.runs()).containsExactly("b1", "a2");
    assertThat(choice.runsLeftOut()).isEqualTo(1);
  }

  @Test
  void aRunAnExperimentOrAllCanBeAskedFor() throws RecordsException {
    assertThat(runs(RunSelection.ofRun("a1"))).containsExactly("a1");
    assertThat(runs(RunSelection.all())).containsExactly("a1", "b1", "a2");
    assertThat(runs(RunSelection.all().ofExperiment("a"))).containsExactly("a1", "a2");
    assertThat(runs(RunSelection.newest().ofExperiment("a"))).containsExactly("a2");
  }

  @Test
  void whatIsNotThereIsNamedWithWhatIs() {
    assertThatThrownBy(() -> RunSelection.ofRun("zz").choose(seen(rows)))
        .isInstanceOf(RecordsException.class)
        .hasMessage("no run `zz` in the CSV; runs there: a1, b1, a2, or all");
    assertThatThrownBy(() -> RunSelection.newest().ofExperiment("c").choose(seen(rows)))
        .hasMessage("no experiment `c` in the CSV; there: a, b; did you mean a?");
    assertThatThrownBy(() -> RunSelection.ofRun("b1").ofExperiment("a").choose(seen(rows)))
        .hasMessageStartingWith("no run `b1` of experiment `a` in the CSV");
    assertThatThrownBy(() -> RunSelection.newest().choose(seen(List.of())))
        .hasMessage("the CSV has no usable row: nothing to report");
  }

  private static RunSelection.Seen seen(List<Invocation> rows) {
    RunSelection.Seen seen = new RunSelection.Seen();
    rows.forEach(seen::accept);
    return seen;
  }

  /** The runs of the rows that are held. */
  private List<String> runs(RunSelection selection) throws RecordsException {
    RunSelection.Choice choice = selection.choose(seen(rows));
    return rows.stream().filter(choice::holds).map(Invocation::run).toList();
  }
}
