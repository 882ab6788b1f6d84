package io.github.faasbench.cluster;

import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * The one thread that owns gateway, registries and policies, and the clock they see. Under {@code
 * cluster.ssh} it follows the wall clock; under {@code cluster.sim} it is a queue in virtual time.
 */
public interface EventLoop {

  /** Monotonic time of this loop, in nanoseconds since an arbitrary start. */
  long nowNanos();

  /**
   * What a value of {@link #nowNanos} stands for: nanoseconds since 1970-01-01T00:00:00Z, in whole
   * microseconds, since a row's cell holds no more.
   */
  long epochNanosOf(long nanos);

  /** The instant that a value of {@link #nowNanos} stands for, UTC, in whole microseconds. */
  default Instant instantOf(long nanos) {
    return Instant.ofEpochSecond(0, epochNanosOf(nanos));
  }

  /**
   * Runs the action on the loop's thread, after all that was posted before. Any thread may call.
   */
  void post(Runnable action);

  /** Runs the action on the loop's thread when that much time has passed. Loop thread only. */
  Timer after(long delayNanos, Runnable action);

  /**
   * Runs actions on the calling thread until the condition holds; it is checked after each one.
   *
   * @throws StandstillException it never will: in virtual time nothing is left to happen
   */
  void runUntil(BooleanSupplier done) throws InterruptedException;

  /** A pending {@link #after}. */
  interface Timer {
    /** Does nothing when the action has run. */
    void cancel();
  }
}
