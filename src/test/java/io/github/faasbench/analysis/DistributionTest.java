package io.github.faasbench.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DistributionTest {

  @Test
  void figuresOfASmallSampleAreThoseWorkedOutByHand() {
    Distribution d = Distribution.of(4, 1, 3, 2);
    assertThat(d.count()).isEqualTo(4);
    assertThat(d.mean()).isEqualTo(2.5);
    assertThat(d.standardDeviation()).isCloseTo(Math.sqrt(5 / 3.0), within(1e-12));
    assertThat(d.min()).isEqualTo(1);
    assertThat(d.median()).isEqualTo(2.5);
    assertThat(d.p90()).isCloseTo(3.7, within(1e-12));
    assertThat(d.p95()).isCloseTo(3.85, within(1e-12));
    assertThat(d.p99()).isCloseTo(3.97, within(1e-12));
    assertThat(d.max()).isEqualTo(4);
  }

  @Test
  void whatASampleIsTooSmallForIsNotANumber() {
    assertThat(Distribution.of(7).standardDeviation()).isNaN();
    assertThat(Distribution.of(7).p99()).isEqualTo(7);
    assertThat(Distribution.of().mean()).isNaN();
    assertThat(Distribution.of().median()).isNaN();
    assertThat(Distribution.of().max()).isNaN();
  }

  @Test
  void theSampleIsLeftAsItWas() {
    double[] sample = {3, 1, 2};
    Distribution.of(sample);
    assertThat(sample).containsExactly(3, 1, 2);
  }
}
