package io.github.faasbench.random;

import java.util.random.RandomGenerator;

/**
 * A stream of random numbers: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom
 * number generators", OOPSLA 2014). Written out here, since the bounded methods of Java's own
 * generators are not the same in all versions.
 */
public final class Stream implements RandomGenerator {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1.0p-53;

  private long state;

  /** The stream of that seed. */
  public Stream(long seed) {
    state = seed;
  }

  /** A stream for one of many things, told apart by a key: order of asking doesn't matter. */
  public static Stream of(long seed, long key) {
    return new Stream(mix(seed ^ mix(key + GOLDEN)));
  }

  /** Begins the stream of (seed, key) anew in this object; for hot paths. */
  public Stream reset(long seed, long key) {
    state = mix(seed ^ mix(key + GOLDEN));
    return this;
  }

  @Override
  public long nextLong() {
    return mix(state += GOLDEN);
  }

  /** From 0 to bound - 1, without bias (rejection). */
  @Override
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be above 0: " + bound);
    }
    long product = (nextLong() >>> 32) * bound;
    long low = product & 0xFFFFFFFFL;
    if (low < bound) {
      long threshold = (1L << 32) % bound;
      while (low < threshold) {
        product = (nextLong() >>> 32) * bound;
        low = product & 0xFFFFFFFFL;
      }
    }
    return (int) (product >>> 32);
  }

  /** From 0 (included) to 1 (not included), 53 bits. */
  @Override
  public double nextDouble() {
    return (nextLong() >>> 11) * UNIT;
  }

  /** Of the standard normal law. */
  @Override
  public double nextGaussian() {
    return normal(this);
  }

  /**
   * By the polar method of Marsaglia, one value of a pair (so that a draw depends on nothing before
   * it).
   */
  static double normal(RandomGenerator random) {
    while (true) {
      double x = 2 * random.nextDouble() - 1;
      double y = 2 * random.nextDouble() - 1;
      double s = x * x + y * y;
      if (s > 0 && s < 1) {
        return x * StrictMath.sqrt(-2 * Logarithm.of(s) / s);
      }
    }
  }

  private static long mix(long value) {
    long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
