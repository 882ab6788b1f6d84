package io.github.faasbench.runner;

import io.github.faasbench.cluster.Faults.Fault;
import io.github.faasbench.experiment.EventSpec;
import java.time.Duration;

/** A fault that is being begun, is in force, or is being ended. */
final class OpenFault {

  /** A beginning that took longer says little of the end. */
  private static final long MOST_LEAD_NANOS = Duration.ofMillis(500).toNanos();

  final EventSpec event;
  final Fault fault;
  final long askedNanos;

  /** From when the node was so; -1: it is not yet known to be. */
  long inForceNanos = -1;

  boolean ending;

  OpenFault(EventSpec event, Fault fault, long askedNanos) {
    this.event = event;
    this.fault = fault;
    this.askedNanos = askedNanos;
  }

  boolean inForce() {
    return inForceNanos >= 0;
  }

  /**
   * When it must be asked to end, so that it lasts what the event says: a little earlier, since
   * ending takes its time too, and about as long as beginning did.
   */
  long endAskedNanos(long lastsNanos) {
    return inForceNanos + lastsNanos - Math.min(inForceNanos - askedNanos, MOST_LEAD_NANOS);
  }
}
