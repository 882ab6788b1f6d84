package io.github.faasbench.gateway;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Keeps the smallest of n values, and how many share it: a tree in which each node holds both of
 * the leaves below it. Changing a value and finding a winner cost O(log n).
 */
final class Tournament {

  private static final double ABSENT = Double.POSITIVE_INFINITY;

  private final int leaves;
  private final double[] best;
  private final int[] ties;

  Tournament(int size) {
    leaves = Integer.highestOneBit(Math.max(1, 2 * size - 1));
    best = new double[2 * leaves];
    ties = new int[2 * leaves];
    Arrays.fill(best, ABSENT);
  }

  /** Sets a value; NaN takes the index out. */
  void set(int index, double value) {
    int at = leaves + index;
    boolean absent = Double.isNaN(value);
    best[at] = absent ? ABSENT : value;
    ties[at] = absent ? 0 : 1;
    for (at >>= 1; at > 0; at >>= 1) {
      int left = 2 * at;
      int right = left + 1;
      double smaller = Math.min(best[left], best[right]);
      int sharing =
          (best[left] == smaller ? ties[left] : 0) + (best[right] == smaller ? ties[right] : 0);
      if (best[at] == smaller && ties[at] == sharing) {
        return; // nothing changes further up
      }
      best[at] = smaller;
      ties[at] = sharing;
    }
  }

  /** The lowest index with the smallest value; -1 when every value is NaN. */
  int winner() {
    return ties[1] == 0 ? -1 : winner(0);
  }

  /** Any index with the smallest value, each as likely as the others; -1 when every one is NaN. */
  int winner(RandomGenerator random) {
    return ties[1] < 2 ? winner() : winner(random.nextInt(ties[1]));
  }

  private int winner(int number) {
    int left = number;
    int at = 1;
    while (at < leaves) {
      at *= 2;
      int here = best[at] == best[1] ? ties[at] : 0;
      if (left >= here) {
        left -= here;
        at++;
      }
    }
    return at - leaves;
  }
}
