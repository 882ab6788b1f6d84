package io.github.faasbench.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Lines that could not be used: the first ones, and how many there are. */
public final class RowProblems implements Consumer<RowProblem> {

  private static final int MOST_KEPT = 10;

  private final List<RowProblem> first = new ArrayList<>();
  private long count;

  @Override
  public void accept(RowProblem problem) {
    count++;
    if (first.size() < MOST_KEPT) {
      first.add(problem);
    }
  }

  /** At most ten. */
  public List<RowProblem> first() {
    return List.copyOf(first);
  }

  /** All of them. */
  public long count() {
    return count;
  }
}
