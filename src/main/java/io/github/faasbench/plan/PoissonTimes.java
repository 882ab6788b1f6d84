package io.github.faasbench.plan;

import io.github.faasbench.random.Distribution;
import io.github.faasbench.random.Stream;

/** A Poisson process: gaps are exponential, so that a call says nothing about the next. */
final class PoissonTimes implements DueTimes {

  private final Distribution gap;
  private final Stream random;
  private final NanoSum now = new NanoSum();

  PoissonTimes(double perSecond, Stream random) {
    this.gap = new Distribution.Exponential(1 / perSecond);
    this.random = random;
  }

  @Override
  public long nextNanos() {
    now.add(gap.sample(random));
    return now.nanos();
  }
}
