package io.github.faasbench.gateway;

/**
 * Keeps the winner among n values: the smallest one, ties to the lowest index. A value of NaN never
 * wins. Reading the winner is O(1), changing a value O(log n).
 */
final class Tournament {

  private final int leaves;
  private final int[] winner;
  private final double[] value;

  Tournament(int size) {
    leaves = Integer.highestOneBit(Math.max(1, 2 * size - 1));
    winner = new int[2 * leaves];
    value = new double[leaves];
    java.util.Arrays.fill(value, Double.NaN);
    java.util.Arrays.fill(winner, -1);
  }

  /** Sets a value; NaN takes the index out. */
  void set(int index, double newValue) {
    value[index] = newValue;
    winner[leaves + index] = Double.isNaN(newValue) ? -1 : index;
    for (int at = leaves + index >> 1; at > 0; at >>= 1) {
      winner[at] = better(winner[2 * at], winner[2 * at + 1]);
    }
  }

  /** The winner's index; -1 when every value is NaN. */
  int winner() {
    return winner[1];
  }

  private int better(int left, int right) {
    if (left < 0) {
      return right;
    }
    return right < 0 || value[left] <= value[right] ? left : right;
  }
}
