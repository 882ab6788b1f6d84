package io.github.faasbench.random;

/**
 * The natural logarithm by table and polynomial (Tang 1990, ACM TOMS 16(4)): in plain arithmetic,
 * so that it is the same on every machine, and without a branch to guess. An exponential time needs
 * one, and {@link StrictMath#log} takes ten times as long. The error is below four units in the
 * last place of the result or 4e-16, whichever is more.
 */
final class Logarithm {

  private static final double LN2 = StrictMath.log(2);

  /** Bits of the mantissa that choose the table's entry. */
  private static final int BITS = 8;

  /**
   * The numbers are taken as 2^k * z with z from about 0.707 to 1.414, so that what is near 1 has
   * no k: its logarithm is not the difference of two greater ones.
   */
  private static final long FROM = Double.doubleToRawLongBits(0x1.69p-1);

  /** 1/c and ln(c), one after the other, for a c in each part of that range. */
  private static final double[] TABLE = new double[2 << BITS];

  static {
    for (int i = 0; i < 1 << BITS; i++) {
      double from = Double.longBitsToDouble(FROM + ((long) i << 52 - BITS));
      double to = Double.longBitsToDouble(FROM + ((long) (i + 1) << 52 - BITS));
      // Beside 1 it is 1 itself, whose logarithm is exact.
      double inverse = from == 1 || to == 1 ? 1 : 2 / (from + to);
      TABLE[2 * i] = inverse;
      TABLE[2 * i + 1] = -StrictMath.log(inverse);
    }
  }

  private Logarithm() {}

  /**
   * ln(x).
   *
   * @param x positive, finite and not subnormal; of others the result means nothing
   */
  static double of(double x) {
    long bits = Double.doubleToRawLongBits(x);
    long shifted = bits - FROM;
    int i = (int) (shifted >> 52 - BITS) & (1 << BITS) - 1;
    double z = Double.longBitsToDouble(bits - (shifted & -1L << 52));
    double r = z * TABLE[2 * i] - 1;
    double r2 = r * r;
    double high = 1.0 / 5 - r * (1.0 / 6) + r2 * (1.0 / 7 - r * (1.0 / 8));
    double tail = r2 * (-0.5 + r * (1.0 / 3) - r2 * (0.25 - r * high));
    return (shifted >> 52) * LN2 + TABLE[2 * i + 1] + tail + r;
  }
}
