package io.github.faasbench.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogarithmTest {

  private final Stream random = new Stream(7);

  @Test
  void itIsThatOfStrictMathUpToRounding() {
    for (int i = 0; i < 2_000_000; i++) {
      check(1 - random.nextDouble());
      check(1 + (random.nextDouble() - 0.5) * 0x1p-7);
      check(Double.longBitsToDouble(random.nextLong() >>> 2 | 1L << 52));
    }
  }

  @Test
  void itIsExactAtOneAndRightAtTheEndsOfItsParts() {
    assertThat(Logarithm.of(1)).isZero();
    assertThat(Logarithm.of(Math.nextDown(1.0))).isEqualTo(-0x1p-53);
    assertThat(Logarithm.of(Math.nextUp(1.0))).isEqualTo(Math.nextDown(0x1p-52));
    for (double end = 0x1.69p-1; end < 0x1.69p0; end += 0x1p-9) {
      check(end);
      check(Math.nextDown(end));
    }
    check(0x1p-53);
    check(Double.MIN_NORMAL);
    check(Double.MAX_VALUE);
  }

  /** Of more than the documented error. */
  private static void check(double x) {
    double expected = StrictMath.log(x);
    double error = Math.abs(Logarithm.of(x) - expected);
    if (!(error <= Math.max(4 * Math.ulp(expected), 4e-16))) {
      assertThat(Logarithm.of(x)).as("ln(%s)", Double.toHexString(x)).isEqualTo(expected);
    }
  }
}
