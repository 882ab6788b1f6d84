package io.github.faasbench.analysis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Values of series that other software computed: R 4.2.2 (stats, and mcmc 0.9-7 for Geyer's
 * sequence), NumPy 2.4.6 for MSER-5 by trying every cut, SciPy 1.17.1.
 */
class SeriesReferenceValuesTest {

  /** Calls of a queue. */
  private static final double[] QUEUE = {
    0.5, 0.4, 0.14, 0.01, 0.5, 0.55, 0.63, 2.42, 4.76, 2.17, 1.97, 2.86, 4.6, 2.61, 2.96, 1.99,
    1.27, 0.01, 0.18, 2.9, 4.31, 4.65, 3.27, 3.44, 2.43, 3.77, 2.29, 2.14, 0.51, 0.53, 0.1, 0.62,
    0.02, 0.74, 0.4, 1.55, 0.25, 0.47, 0.08, 2.14, 0.02, 0.34, 0.59, 0.59, 7.35, 6.33, 8.71, 7.9
  };

  /** A series that swings, so that Geyer's pairs rise again and have to be cut down. */
  private static final double[] WAVE = {
    8.6, 6.6, 6, 5.3, 5.6, 6, 8.1, 10, 9.7, 7.2, 7.1, 9, 10.4, 10.5, 8.9, 8.4, 9.7, 10.1, 8.1, 7.7,
    9, 9.1, 10.1, 9.1, 8.2, 5.7, 5.2, 7.8, 9, 7.6, 7.4, 7.1
  };

  /** A series that begins low. */
  private static final double[] RAMP = {
    0.1, 0.2, 0.2, 0.3, 0.5, 0.4, 0.9, 0.7, 0.8, 1.1, 1.9, 1.2, 1.7, 2.3, 1.5, 2.1, 1.8, 2.4, 2.2,
    1.9, 2.0, 2.6, 1.7, 2.3, 2.1, 1.6, 2.2, 2.5, 1.9, 2.0, 2.3, 1.8, 2.1, 2.4, 2.2, 1.9, 2.5, 2.0,
    1.7, 2.2, 2.4, 2.1
  };

  private static final Offset<Double> CLOSE = within(1e-9);

  /**
   * Means and variances of the ranks' autocorrelations over all orders, by exact fractions in
   * Python, which agree with all 40,320 orders of 8 values.
   */
  @Test
  void portmanteauByExactMomentsOfRanks() {
    isPortmanteau(QUEUE, 32.38820579379667, 9.268094909290739e-08, 2);
    isPortmanteau(Arrays.copyOf(QUEUE, 12), 9.619900662251656, .0019248014427792998, 1);
    double[] many = new double[220];
    Arrays.setAll(many, i -> (i * i * 7 + 3 * i) % 211 / 10.0 + .001 * i);
    isPortmanteau(many, 30.04422070284581, .0008424892876340847, 10);
  }

  /** The same with 3 calls that did not end ok; SciPy and R rank Inf as the largest. */
  @Test
  void infiniteValuesHaveTheLargestRank() {
    double[] failing = QUEUE.clone();
    failing[4] = Double.POSITIVE_INFINITY;
    failing[5] = Double.POSITIVE_INFINITY;
    failing[29] = Double.POSITIVE_INFINITY;
    isPortmanteau(failing, 12.577053308039254, .001857494664065366, 2);
  }

  /** All 40,320 orders: the correlation has mean -1/8 and variance 9/98. */
  @Test
  void ofEightRanksTheMomentsAreThoseOfAllOrders() {
    double[] rising = {1, 2, 3, 4, 5, 6, 7, 8};
    double correlation = 26.25 / 42;
    double expected = Math.pow(correlation + .125, 2) / .09183673469387756;
    assertThat(Autocorrelation.portmanteau(rising).statistic()).isCloseTo(expected, CLOSE);
  }

  private static void isPortmanteau(double[] values, double statistic, double p, int lags) {
    Autocorrelation.Portmanteau test = Autocorrelation.portmanteau(values);
    assertThat(test.statistic()).isCloseTo(statistic, CLOSE);
    assertThat(test.lags()).isEqualTo(lags);
    assertThat(test.p()).isCloseTo(p, within(1e-9 * p));
  }

  /** R: {@code acf(x)$acf[2]}. */
  @Test
  void correlationWithTheValueBefore() {
    assertThat(Autocorrelation.lag1(QUEUE)).isCloseTo(.673361163889125, CLOSE);
  }

  /**
   * R's mcmc: {@code initseq(x)}, {@code var.dec / gamma0}; of the wave {@code var.pos} would give
   * 2.99. It sums the autocovariances of {@code acf(x, type = "covariance")}.
   */
  @Test
  void geyersInitialMonotoneSequence() {
    assertThat(Autocorrelation.inflation(QUEUE, 1)).isCloseTo(3.49488269718182, CLOSE);
    assertThat(Autocorrelation.inflation(WAVE, 1)).isCloseTo(2.31444660591789, CLOSE);
  }

  @Test
  void mserCutsWhereEveryOtherCutIsWorse() {
    assertThat(Mser.cut(RAMP)).isEqualTo(15);
    assertThat(Mser.cut(QUEUE)).isEqualTo(5);
    assertThat(Mser.cut(WAVE)).isEqualTo(5);
    assertThat(Mser.blocks(RAMP)).isEqualTo(15);
    assertThat(Mser.blocks(QUEUE)).isZero();
    assertThat(Mser.blocks(WAVE)).isEqualTo(6);
  }

  /** R: {@code 2 * pt(-abs(t), df)} and {@code qt(.975, df)}. */
  @Test
  void studentsLaw() {
    assertThat(Means.twoSided(2.5, 7)).isCloseTo(.0409922185857529, CLOSE);
    assertThat(Means.twoSided(-.3, 19)).isCloseTo(.767434660339263, CLOSE);
    assertThat(Means.twoSided(40, 4)).isCloseTo(2.33401632260127e-06, within(1e-15));
    assertThat(Means.t(1)).isCloseTo(12.7062047361747, CLOSE);
    assertThat(Means.t(19)).isCloseTo(2.09302405440831, CLOSE);
    assertThat(Means.t(7.3)).isCloseTo(2.3450667365477, CLOSE);
  }

  /** R: {@code cor(x, y)}. */
  @Test
  void pearsonsCorrelation() {
    double[] x = {1.21, 1.34, 1.18, 1.40, 1.27};
    double[] y = {1.36, 1.45, 1.41, 1.52, 1.49};
    assertThat(Means.correlation(x, y)).isCloseTo(.793435451075692, CLOSE);
  }
}
