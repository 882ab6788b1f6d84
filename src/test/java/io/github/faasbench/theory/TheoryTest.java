package io.github.faasbench.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** What the cases of the simulated cluster do not compare with printed numbers by themselves. */
class TheoryTest {

  @Test
  void theTwoWaysToReckonManyServersAgree() {
    // With replacement, 100 servers, load 0.9: a simulation written apart from this one.
    double many = Formulas.powerOfChoices(.9, 2) + new ManyServers(.9, 2).correction(false) / 100;
    assertThat(many).isCloseTo(2.655, within(.005));
    // Without replacement, 10 servers, load 0.8: another one, to 0.01.
    double ten = Formulas.powerOfChoices(.8, 2) + new ManyServers(.8, 2).correction(true) / 10;
    assertThat(ten).isCloseTo(2.07, within(.0125));
  }

  @Test
  void drawingTwiceTheSameServerMakesTwoChoicesWorse() {
    assertThat(ShortestOfSome.meanTime(2, 2, false, .8, 60)).isCloseTo(3.267946, within(1e-6));
    assertThat(ShortestOfSome.meanTime(4, 2, false, .8, 24)).isCloseTo(2.535148, within(1e-6));
  }
}
