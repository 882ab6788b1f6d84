package io.github.faasbench.plan;

import io.github.faasbench.random.Distribution;
import io.github.faasbench.random.Stream;

/**
 * An interrupted Poisson process: calls at the rate while it is on, none while it is off, both for
 * exponential times (the two-state Markov-modulated Poisson process with one rate 0; Fischer and
 * Meier-Hellstern, "The Markov-modulated Poisson process (MMPP) cookbook", 1993). It starts in the
 * state of a process that has run for long: on with probability on / (on + off).
 */
final class BurstyTimes implements DueTimes {

  private final Distribution gap;
  private final Distribution on;
  private final Distribution off;
  private final Stream random;
  private final NanoSum now = new NanoSum();
  private double leftOnSeconds;

  /**
   * @param onSeconds mean
   * @param offSeconds mean
   */
  BurstyTimes(double perSecond, double onSeconds, double offSeconds, Stream random) {
    this.gap = new Distribution.Exponential(1 / perSecond);
    this.on = new Distribution.Exponential(onSeconds);
    this.off = new Distribution.Exponential(offSeconds);
    this.random = random;
    if (random.nextDouble() * (onSeconds + offSeconds) < onSeconds) {
      leftOnSeconds = on.sample(random);
    }
  }

  @Override
  public long nextNanos() {
    double next = gap.sample(random);
    while (next > leftOnSeconds) {
      now.add(leftOnSeconds);
      now.add(off.sample(random));
      leftOnSeconds = on.sample(random);
      // What is left of the gap forgets how long it lasted, so a new one is as good.
      next = gap.sample(random);
    }
    leftOnSeconds -= next;
    now.add(next);
    return now.nanos();
  }
}
