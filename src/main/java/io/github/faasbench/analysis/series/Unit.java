package io.github.faasbench.analysis.series;

/** What is taken to be independent of its like, and so what intervals and tests rest on. */
public enum Unit {
  /** Each call by itself: none depends on those before it. */
  CALL,
  /** Calls that follow each other within a repetition. */
  BATCH,
  /** All calls of a repetition; on real nodes, a block of time. */
  REPETITION
}
