package io.github.faasbench.metrics;

import java.util.List;
import java.util.Optional;

/**
 * The first line that an older version of the tool gave its {@code metrics.csv}. New columns stand
 * at the end, so that it is a beginning of today's.
 *
 * @param version the first one that wrote it
 * @param columns how many of today's it has
 */
record KnownHeader(String version, int columns) {

  /** Whose columns {@link Column} has. */
  static final String CURRENT = "0.2";

  /** Before a run's journal named its columns. */
  static final String FIRST = "0.1";

  private static final List<KnownHeader> OLDER =
      List.of(new KnownHeader(FIRST, Column.HOST_CONTAINERS.ordinal()));

  private List<String> names() {
    return Column.headers().subList(0, columns);
  }

  /** The version whose header that is; empty: it is today's, or none of the tool's. */
  static Optional<KnownHeader> older(List<String> header) {
    return OLDER.stream().filter(known -> known.names().equals(header)).findFirst();
  }
}
