package io.github.faasbench.experiment;

/**
 * The one statistic of latency that an experiment's first verdicts are about. It is chosen before
 * there is any data, so that nobody picks the one that happens to differ.
 */
public enum PrimaryStatistic {
  MEAN,
  MEDIAN,
  P95
}
