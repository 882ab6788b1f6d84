package io.github.faasbench.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTallyTest {

  @Test
  void upToItsSizeEveryCallIsKeptInOrder() {
    SampleTally tally = tally(Sample.SIZE);
    assertThat(tally.values())
        .containsExactly(IntStream.range(0, Sample.SIZE).asDoubleStream().toArray());
  }

  @Test
  void ofMoreCallsEachHasTheSameChance() {
    int calls = 20 * Sample.SIZE;
    double[] kept = tally(calls).values();
    assertThat(kept).hasSize(Sample.SIZE).doesNotHaveDuplicates().isSorted();
    // Ten thousand of a uniform law: 4 standard errors.
    assertThat(Arrays.stream(kept).average().orElseThrow() / calls)
        .isCloseTo(0.5, within(4 * Math.sqrt(1 / 12.0 / Sample.SIZE)));
    for (int tenth = 0; tenth < 10; tenth++) {
      double from = tenth * calls / 10.0;
      long within = Arrays.stream(kept).filter(v -> v >= from && v < from + calls / 10.0).count();
      assertThat(within).isBetween(880L, 1120L);
    }
  }

  @Test
  void theFirstCallsBeyondItsSizeHaveTheirChanceToo() {
    int kept = 0;
    for (int seed = 0; seed < 400; seed++) {
      SampleTally tally = new SampleTally(seed);
      for (int i = 0; i < Sample.SIZE + 20; i++) {
        tally.add(i, i, false);
      }
      kept += (int) Arrays.stream(tally.values()).filter(v -> v >= Sample.SIZE).count();
    }
    // 20 in each but for a few that later ones replaced.
    assertThat(kept / 400.0).isCloseTo(20 * Sample.SIZE / (Sample.SIZE + 20.0), within(0.1));
  }

  @Test
  void theSameCallsGiveTheSameSample() {
    assertThat(tally(50_000).values()).containsExactly(tally(50_000).values());
    assertThat(tally(50_000).seen()).isEqualTo(50_000);
  }

  private static SampleTally tally(int calls) {
    SampleTally tally = new SampleTally(7);
    for (int i = 0; i < calls; i++) {
      tally.add(i, i, false);
    }
    return tally;
  }
}
