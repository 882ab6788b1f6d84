package io.github.faasbench.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class InvocationTest {

  @Test
  void thePhasesAddUpToTheLatency() {
    Invocation row = SampleRows.row().latency(2).build();
    assertThat(row.phaseError()).isCloseTo(0, within(1e-9));
    assertThat(row.phasesFail()).isFalse();
  }

  @Test
  void aGapOfMoreThanAMillisecondOrANegativeRestFails() {
    assertThat(SampleRows.row().latency(2).transport(0.0122).build().phasesFail()).isTrue();
    assertThat(SampleRows.row().latency(2).transport(0.0105).build().phasesFail()).isFalse();
    assertThat(SampleRows.row().latency(2).transport(0.0085).build().phasesFail()).isTrue();
  }

  @Test
  void aNegativeRestFailsAlsoWhereThePartsAddUp() {
    Invocation row = SampleRows.row().transport(-0.0001).latency(2).build();
    assertThat(row.phaseError()).isCloseTo(0, within(1e-9));
    assertThat(row.phasesFail()).isTrue();
    assertThat(SampleRows.row().transport(0).latency(2).build().phasesFail()).isFalse();
  }

  @Test
  void aPartThatWasNotMeasuredCountsAsNothing() {
    Invocation row = SampleRows.row().latency(2).pull(Double.NaN).exec(1.54).build();
    assertThat(row.phaseError()).isCloseTo(0, within(1e-9));
    assertThat(row.phasesFail()).isFalse();
  }

  @Test
  void aColdCallThatFoundLayersWasColdInNameOnly() {
    assertThat(SampleRows.row().layersPresent(1).build().coldInNameOnly()).isTrue();
    assertThat(SampleRows.row().layersPresent(0).build().coldInNameOnly()).isFalse();
    assertThat(SampleRows.row().mode("warmed").layersPresent(1).build().coldInNameOnly()).isFalse();
  }

  @Test
  void soWasOneThatPulledNothingButNotOneOfWhichThatIsNotKnown() {
    assertThat(SampleRows.row().pulledBytes(0).build().coldInNameOnly()).isTrue();
    assertThat(SampleRows.row().pulledBytes(1).build().coldInNameOnly()).isFalse();
    assertThat(SampleRows.row().pulledBytes(-1).layersPresent(-1).build().coldInNameOnly())
        .isFalse();
    assertThat(SampleRows.row().mode("pre-warmed").pulledBytes(0).build().coldInNameOnly())
        .isFalse();
  }
}
