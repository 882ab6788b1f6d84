package io.github.faasbench.metrics;

import java.time.Instant;

/** Where a column puts the value of a row, by its kind: into a line of the CSV, or a text alone. */
interface Cells {

  void text(String value);

  /** Below 0: not measured. */
  void count(long value);

  /** NaN: not measured. */
  void seconds(double value);

  /** NaN: not measured. */
  void percent(double value);

  void instant(Instant value);
}
