package io.github.faasbench.policy.keepalive;

import io.github.faasbench.policy.KeepAlivePolicy.Verdict;

/**
 * When a function's next call is expected, counted from the end of its last one.
 *
 * @param loadNanos from when a container should be there; 0: it never leaves
 * @param endNanos until when
 */
record IdleWindow(long loadNanos, long endNanos) {

  static IdleWindow until(double nanos) {
    return new IdleWindow(0, Math.round(nanos));
  }

  static IdleWindow between(double load, double end) {
    return new IdleWindow(Math.max(0, Math.round(load)), Math.round(end));
  }

  /**
   * What becomes of a container.
   *
   * @param loadedAhead and not of a call that has just ended
   */
  Verdict verdict(boolean loadedAhead, long lastEndNanos) {
    return loadNanos > 0 && !loadedAhead
        ? Verdict.loadAt(lastEndNanos + loadNanos)
        : Verdict.until(lastEndNanos + endNanos);
  }
}
