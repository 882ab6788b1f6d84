package io.github.faasbench.coverage;

import io.github.faasbench.analysis.statistics.Interval;

/** What a trial came to. */
enum Result {
  /** There was no interval, or no verdict. */
  REFUSED,
  /** It covers the truth; it says that two differ. */
  YES,
  NO;

  static Result of(boolean yes) {
    return yes ? YES : NO;
  }

  static Result covers(Interval interval, double truth) {
    return interval.known() ? of(interval.low() <= truth && truth <= interval.high()) : REFUSED;
  }

  static Result differs(Found found) {
    return found.decided() ? of(found.shown()) : REFUSED;
  }

  static Result slower(Found found) {
    return found.decided() ? of(found.slower()) : REFUSED;
  }

  /** Of what holds for a ratio. */
  static Result covers(Found found, double truth) {
    return found.decided() ? covers(found.interval(), truth) : REFUSED;
  }
}
