package io.github.faasbench.metrics;

import java.nio.file.Path;

/** A line of a CSV that could not be used, and why. Lines count from 1. */
public record RowProblem(Path file, long line, String problem) {

  /** {@code FILE:LINE: problem}. */
  @Override
  public String toString() {
    return file + ":" + line + ": " + problem;
  }
}
