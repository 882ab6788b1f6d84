package io.github.faasbench.plan;

/** A process of arrivals in continuous time. */
interface DueTimes {

  /** When the next call is due, in nanoseconds since the start; never before the last one. */
  long nextNanos();
}
