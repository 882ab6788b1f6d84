package io.github.faasbench.gateway;

/**
 * A set of small whole numbers with a fast "next one at or after": a tree of 64-bit words, each bit
 * of a level telling whether a word of the level below holds anything. O(log64 n).
 */
final class RankSet {

  private final long[][] levels;

  RankSet(int size) {
    int depth = 1;
    for (int words = words(size); words > 1; words = words(words)) {
      depth++;
    }
    levels = new long[depth][];
    int words = words(size);
    for (int level = 0; level < depth; level++) {
      levels[level] = new long[words];
      words = words(words);
    }
  }

  void set(int value, boolean present) {
    int index = value;
    for (long[] level : levels) {
      int word = index >>> 6;
      if (present) {
        level[word] |= 1L << index;
      } else {
        level[word] &= ~(1L << index);
        if (level[word] != 0) {
          return;
        }
      }
      index = word;
    }
  }

  boolean contains(int value) {
    return (levels[0][value >>> 6] & 1L << value) != 0;
  }

  /** The smallest member at or after the value; -1 when there is none. */
  int next(int value) {
    int index = value;
    for (int level = 0; level < levels.length; level++) {
      int word = index >>> 6;
      if (word >= levels[level].length) {
        return -1;
      }
      long rest = levels[level][word] & -1L << index;
      if (rest != 0) {
        return descend(level, (word << 6) + Long.numberOfTrailingZeros(rest));
      }
      index = word + 1;
    }
    return -1;
  }

  private int descend(int level, int index) {
    int found = index;
    for (int below = level - 1; below >= 0; below--) {
      found = (found << 6) + Long.numberOfTrailingZeros(levels[below][found]);
    }
    return found;
  }

  private static int words(int bits) {
    return Math.max(1, bits + 63 >>> 6);
  }
}
