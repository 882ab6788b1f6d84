package io.github.faasbench.cluster.sim;

/**
 * Counts by number, of which few are above 0 at once: a hash table with linear probing that holds
 * those alone, so that its size follows from them and not from how many numbers there are.
 */
final class Counts {

  private static final int SMALLEST = 8;

  /** Numbers plus 1; 0: the place is free. */
  private int[] keys = new int[SMALLEST];

  private int[] counts = new int[SMALLEST];
  private int held;

  /** Of a number from 0; 0 where nothing was added. */
  int get(int number) {
    return counts[place(number + 1)];
  }

  /** Changes a count, which stays at 0 or above. */
  void add(int number, int change) {
    int place = place(number + 1);
    if (keys[place] == 0) {
      if (2 * (held + 1) > keys.length) {
        grow();
        place = place(number + 1);
      }
      keys[place] = number + 1;
      held++;
    }
    counts[place] += change;
    if (counts[place] == 0) {
      free(place);
    }
  }

  /** Where the key is, or else could be: there the count is 0. */
  private int place(int key) {
    int mask = keys.length - 1;
    int place = home(key);
    while (keys[place] != key && keys[place] != 0) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private int home(int key) {
    int spread = key * 0x9E3779B9; // Fibonacci hashing: its upper bits are well mixed
    return spread >>> (Integer.numberOfLeadingZeros(keys.length) + 1);
  }

  /** Keys behind it move up, where they would not be found any more. */
  private void free(int gap) {
    int mask = keys.length - 1;
    for (int next = (gap + 1) & mask; keys[next] != 0; next = (next + 1) & mask) {
      boolean pastItsHome = ((next - home(keys[next])) & mask) >= ((next - gap) & mask);
      if (pastItsHome) {
        keys[gap] = keys[next];
        counts[gap] = counts[next];
        gap = next;
      }
    }
    keys[gap] = 0;
    counts[gap] = 0;
    held--;
  }

  private void grow() {
    int[] oldKeys = keys;
    int[] oldCounts = counts;
    keys = new int[2 * oldKeys.length];
    counts = new int[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int place = place(oldKeys[i]);
        keys[place] = oldKeys[i];
        counts[place] = oldCounts[i];
      }
    }
  }
}
