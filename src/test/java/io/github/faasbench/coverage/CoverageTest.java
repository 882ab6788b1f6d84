package io.github.faasbench.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A part of the trials of {@code bench/coverage}, by the same rule and with the same seeds. */
class CoverageTest {

  @ParameterizedTest
  @CsvSource({
    "1, 0.1",
    "2, 0.1",
    "3, 0.05",
    "5, 0.1",
    "6, 0.2",
    "7, 0.2",
    "8, 0.1",
    "9, 0.05",
    "10, 0.2",
    "11, 0.05",
    "12, 0.07"
  })
  void intervalsCoverAndVerdictsHold(String check, double scale) {
    List<Row> rows = new Checks(Method.TOOL, scale).rows(check);
    assertThat(rows).isNotEmpty().allMatch(Row::holds);
  }

  @ParameterizedTest
  @CsvSource({"LOG_NORMAL, 50", "EXPONENTIAL, 1000", "BIMODAL, 50", "BIMODAL, 5000"})
  void independentCallsHaveIntervalsThatCover(Law law, int calls) {
    List<Row> rows = new IndependentChecks(Method.TOOL).rows(100, law, calls);
    assertThat(rows).hasSize(6).allMatch(Row::holds);
  }

  /** Else rows that hold would say nothing. */
  @Test
  void callsThatAreTakenToBeIndependentAreFound() {
    var queues = new QueueChecks(Method.INDEPENDENCE);
    assertThat(queues.longOnes(30, 0.7, 5_000)).noneMatch(Row::holds);
    assertThat(queues.pairs(30, 0.7, 5_000, 1)).noneMatch(Row::holds);
    assertThat(new StopChecks(Method.INDEPENDENCE).row(30, 0.7, 58_000).holds()).isFalse();
  }

  @Test
  void ratiosOfTwoSidesThatAreDrawnFromOneSeedAreFound() {
    List<Row> rows = new IndependentChecks(Method.SEEDS).rows(60, Law.LOG_NORMAL, 1_000);
    assertThat(rows).hasSize(4).noneMatch(Row::holds);
  }
}
