package io.github.faasbench.analysis.statistics;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.ranking.NaNStrategy;
import org.apache.commons.statistics.ranking.NaturalRanking;
import org.apache.commons.statistics.ranking.TiesStrategy;

/** How the values of a series depend on those before them. */
public final class Autocorrelation {

  private static final int MOST_LAGS = 10;

  /** Fewer values tell nothing of their dependence. */
  private static final int FEWEST = 8;

  private Autocorrelation() {}

  /**
   * A portmanteau statistic and the degrees of freedom of its chi-squared law, where no value
   * depends on another. Those of several series add up.
   */
  public record Portmanteau(double statistic, int lags) {

    /** Nothing was asked. */
    public static final Portmanteau NONE = new Portmanteau(0, 0);

    public Portmanteau plus(Portmanteau other) {
      return new Portmanteau(statistic + other.statistic, lags + other.lags);
    }

    /** How likely so much is where no value depends on another; 1: nothing was asked. */
    public double p() {
      return lags == 0 ? 1 : ChiSquaredDistribution.of(lags).survivalProbability(statistic);
    }
  }

  /**
   * A portmanteau on the ranks of the values, over up to 10 lags: the sum of squares of their
   * autocorrelations, each less its mean and by its deviation where all orders of the values are as
   * likely (Dufour and Roy, "Some robust exact results on sample autocorrelations and tests of
   * randomness", Journal of Econometrics 29, 1985). Ranks make its law the same for all laws of the
   * values, however heavy their tails, and the exact moments keep its level where values are few,
   * as Ljung and Box's (1978) does not. Infinite values are the largest.
   */
  public static Portmanteau portmanteau(double[] values) {
    int n = values.length;
    if (n < FEWEST) {
      return Portmanteau.NONE;
    }
    double[] ranks = new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE).apply(values);
    int lags = Math.max(1, Math.min(MOST_LAGS, n / 20));
    double[] covariances = covariances(ranks, lags);
    if (covariances[0] == 0) {
      return Portmanteau.NONE;
    }
    double sum = 0;
    for (int lag = 1; lag <= lags; lag++) {
      double from = covariances[lag] / covariances[0] + (n - lag) / (n * (n - 1.0));
      sum += from * from / varianceOfRanks(n, lag);
    }
    return new Portmanteau(sum, lags);
  }

  /** Of the autocorrelation of ranks without ties (Dufour and Roy 1985). */
  private static double varianceOfRanks(double n, double lag) {
    double above =
        5 * n * n * n * n
            - (5 * lag + 9) * n * n * n
            + 9 * (lag - 2) * n * n
            + 2 * lag * (5 * lag + 8) * n
            + 16 * lag * lag;
    return above / (5 * (n - 1) * (n - 1) * n * n * (n + 1));
  }

  /** Autocovariances from lag 0 on, each divided by the number of values. */
  private static double[] covariances(double[] values, int lags) {
    double[] centred = centred(values);
    double[] covariances = new double[lags + 1];
    for (int lag = 0; lag <= lags; lag++) {
      covariances[lag] = covariance(centred, lag);
    }
    return covariances;
  }

  private static double[] centred(double[] values) {
    double mean = Means.of(values);
    double[] centred = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      centred[i] = values[i] - mean;
    }
    return centred;
  }

  private static double covariance(double[] centred, int lag) {
    double sum = 0;
    for (int i = lag; i < centred.length; i++) {
      sum += centred[i] * centred[i - lag];
    }
    return sum / centred.length;
  }

  /**
   * By what factor the dependence of a series makes the variance of its mean larger: 1 + 2 times
   * the sum of all autocorrelations, summed by Geyer's initial monotone sequence ("Practical Markov
   * Chain Monte Carlo", Statistical Science 7, 1992). At least a value's share of the series; where
   * the values are worth fewer than {@code fewest} independent ones, it may stop counting there.
   *
   * @param values finite
   */
  public static double inflation(double[] values, double fewest) {
    int n = values.length;
    if (n < FEWEST) {
      return 1;
    }
    double[] centred = centred(values);
    double variance = covariance(centred, 0);
    if (variance == 0) {
      return 1;
    }
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int lag = 0; lag + 1 < n; lag += 2) {
      double pair = covariance(centred, lag) + covariance(centred, lag + 1);
      if (pair <= 0) {
        break;
      }
      least = Math.min(least, pair);
      sum += least;
      if ((2 * sum / variance - 1) * fewest > n) {
        break;
      }
    }
    return Math.max(1.0 / n, 2 * sum / variance - 1);
  }

  /** The correlation of values with those before them; 0 where they do not vary. */
  public static double lag1(double[] values) {
    double[] covariances = covariances(values, 1);
    return covariances[0] == 0 ? 0 : covariances[1] / covariances[0];
  }
}
