package io.github.faasbench.gateway;

/**
 * A set of small whole numbers that also answers "the next one at or after" and "the k-th": 64-bit
 * words, and a binary indexed tree (Fenwick 1994) of how many each word holds. O(log n).
 */
final class RankSet {

  private final int size;
  private final long[] words;
  private final int[] tree;
  private final int top;
  private int count;

  RankSet(int size) {
    this.size = size;
    words = new long[Math.max(1, size + 63 >>> 6)];
    tree = new int[words.length + 1];
    top = Integer.highestOneBit(words.length);
  }

  private RankSet(RankSet other) {
    size = other.size;
    words = other.words.clone();
    tree = other.tree.clone();
    top = other.top;
    count = other.count;
  }

  RankSet copy() {
    return new RankSet(this);
  }

  int count() {
    return count;
  }

  boolean contains(int value) {
    return (words[value >>> 6] & 1L << value) != 0;
  }

  void set(int value, boolean present) {
    if (contains(value) == present) {
      return;
    }
    words[value >>> 6] ^= 1L << value;
    int change = present ? 1 : -1;
    count += change;
    for (int at = (value >>> 6) + 1; at < tree.length; at += at & -at) {
      tree[at] += change;
    }
  }

  /** The smallest member at or after the value; -1 when there is none. */
  int next(int value) {
    int word = value >>> 6;
    if (word >= words.length) {
      return -1;
    }
    long rest = words[word] & -1L << value;
    if (rest != 0) {
      return (word << 6) + Long.numberOfTrailingZeros(rest);
    }
    int before = 0;
    for (int at = word + 1; at > 0; at -= at & -at) {
      before += tree[at];
    }
    return before == count ? -1 : nth(before);
  }

  /** The member with that many smaller ones; the caller knows that there is one. */
  int nth(int k) {
    if (count == size) {
      return k;
    }
    int left = k;
    int word = 0;
    // Without branches: which way it goes is chance, and a guess would be wrong half of the time.
    for (int step = top; step > 0; step >>= 1) {
      if (word + step < tree.length) {
        int there = tree[word + step];
        int further = there - left - 1 >> 31;
        word += step & further;
        left -= there & further;
      }
    }
    return (word << 6) + nthBit(words[word], left);
  }

  private static int nthBit(long word, int k) {
    long rest = word;
    int left = k;
    int at = 0;
    for (int half = 32; half > 0; half >>= 1) {
      int there = Long.bitCount(rest & (1L << half) - 1);
      int further = there - left - 1 >> 31;
      left -= there & further;
      rest >>>= half & further;
      at += half & further;
    }
    return at;
  }
}
