package io.github.faasbench.coverage;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** How many of so many trials came to what. */
record Counts(int trials, int refused, int yes) {

  static Counts of(List<Result> results) {
    int refused = (int) results.stream().filter(one -> one == Result.REFUSED).count();
    int yes = (int) results.stream().filter(one -> one == Result.YES).count();
    return new Counts(results.size(), refused, yes);
  }

  int answered() {
    return trials - refused;
  }

  /**
   * Carries out trials 1 to N, side by side.
   *
   * @param trial by its number, which is the seed of all that it draws
   */
  static <T> List<T> trials(int count, IntFunction<T> trial) {
    return IntStream.rangeClosed(1, count).parallel().mapToObj(trial).toList();
  }

  /** One figure of each trial. */
  static Counts of(List<Result[]> trials, int figure) {
    return of(trials.stream().map(one -> one[figure]).toList());
  }

  static Result[] results(Result... results) {
    return Arrays.copyOf(results, results.length);
  }
}
