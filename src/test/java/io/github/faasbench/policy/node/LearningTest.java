package io.github.faasbench.policy.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.faasbench.policy.Request;
import org.junit.jupiter.api.Test;

/** What policies learn, against sums that are made another way. */
class LearningTest {

  private static final long SECOND = 1_000_000_000L;

  private long number;

  /**
   * Weighted least squares of one coefficient: the newest of three counts 1, those before a half
   * each, since nothing is forgotten while nothing is known; of the prior a ten thousandth is left.
   */
  @Test
  void anOlderValueCountsLessByForgetting() {
    var regression = new Regression(1, 0.5);
    for (double value : new double[] {2, 4, 8}) {
      regression.learn(new double[] {1}, value);
    }
    assertThat(regression.coefficient(0))
        .isCloseTo((0.5 * (2 + 4) + 8) / (0.5 * (2 + 1e-4) + 1), within(1e-9));
    assertThat(regression.predict(new double[] {3}))
        .isCloseTo(3 * regression.coefficient(0), within(1e-12));
  }

  @Test
  void severalCoefficientsAreFoundFromValuesThatTheyExplain() {
    var regression = new Regression(3, 0.99);
    for (int i = 0; i < 200; i++) {
      double x = i % 7;
      double y = i % 5 - 2;
      regression.learn(new double[] {1, x, y}, 3 - 0.5 * x + 2 * y);
    }
    assertThat(regression.coefficient(0)).isCloseTo(3, within(1e-3));
    assertThat(regression.coefficient(1)).isCloseTo(-0.5, within(1e-3));
    assertThat(regression.coefficient(2)).isCloseTo(2, within(1e-3));
  }

  private boolean arrives(Popularity popularity, String function, double atSeconds) {
    return popularity.arrived(
        new Request(function, "i", Double.NaN, ++number, Math.round(atSeconds * SECOND)));
  }

  /**
   * The time between calls is 0.9 of the newest and 0.1 of what it was: 2 s, then 0.9 x 4 + 0.2.
   */
  @Test
  void theMedianOfTheTimesBetweenCallsIsThatOfTheFunctions() {
    var popularity = new Popularity(0.5);
    assertThat(popularity.medianSeconds()).isInfinite();
    arrives(popularity, "f", 0);
    arrives(popularity, "f", 2);
    assertThat(popularity.medianSeconds()).isEqualTo(2);
    arrives(popularity, "f", 6);
    assertThat(popularity.medianSeconds()).isCloseTo(3.8, within(1e-9));
  }

  @Test
  void theShareOfFunctionsThatComesMostOftenIsPopular() {
    var popularity = new Popularity(0.5);
    boolean often = false;
    boolean seldom = true;
    boolean middle = false;
    for (int round = 0; round < 20; round++) {
      often = arrives(popularity, "often", round);
      middle = arrives(popularity, "middle", 2 * round);
      seldom = arrives(popularity, "seldom", 10 * round);
    }
    assertThat(often).isTrue();
    assertThat(middle).as("two of three are half of them, rounded up").isTrue();
    assertThat(seldom).isFalse();
    assertThat(popularity.medianSeconds()).isCloseTo(2, within(1e-9));
  }

  @Test
  void oneRequestThatIsAskedAboutAgainIsNoFurtherCall() {
    var popularity = new Popularity(0);
    arrives(popularity, "f", 0);
    var second = new Request("f", "i", Double.NaN, ++number, 4 * SECOND);
    popularity.arrived(second);
    popularity.arrived(second);
    assertThat(popularity.medianSeconds()).isEqualTo(4);
    assertThat(popularity.arrived(second)).as("a share of none").isFalse();
  }
}
