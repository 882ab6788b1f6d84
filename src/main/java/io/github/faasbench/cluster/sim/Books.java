package io.github.faasbench.cluster.sim;

/**
 * A node's account of its calls, from its own events, to prove at the end that the simulation kept
 * the laws that every queueing system keeps. Time is summed in whole nanoseconds modulo 2^64: two
 * sums that are equal are equal modulo 2^64 too.
 */
final class Books {

  private long arrivals;
  private long departures;
  private long at;

  /** The integral over time of the number of calls on the node. */
  private long callNanos;

  /** The sum of the times on the node of the calls that left, by the stamps they report. */
  private long stayNanos;

  /** The sum of the arrival times of those that are there. */
  private long arrivalNanos;

  private String outOfOrder = "";

  void arrived(long now) {
    advance(now);
    arrivals++;
    arrivalNanos += now;
  }

  /**
   * A call has left.
   *
   * @param beganAt -1: it never began
   */
  void left(long arrivedAt, long beganAt, long endedAt, long now) {
    advance(now);
    departures++;
    arrivalNanos -= arrivedAt;
    stayNanos += endedAt - arrivedAt;
    if (endedAt < arrivedAt || beganAt >= 0 && (beganAt < arrivedAt || endedAt < beganAt)) {
      outOfOrder =
          "a call arrived at "
              + arrivedAt
              + " ns, began at "
              + beganAt
              + " ns and ended at "
              + endedAt
              + " ns";
    }
  }

  /**
   * Compares the books with the node.
   *
   * @throws IllegalStateException a law is broken: a bug of the simulator
   */
  void verify(String node, long now, Room room, Processor processor) {
    advance(now);
    processor.advance(now);
    long inside = arrivals - departures;
    long seen = room.running() + room.waitingCalls();
    demand(
        inside == seen,
        "flow",
        node,
        arrivals + " calls arrived and " + departures + " left, but " + seen + " are there");
    // Those that are still there have stayed until now.
    long stays = inside == 0 ? stayNanos : stayNanos + inside * now - arrivalNanos;
    demand(
        callNanos == stays,
        "Little's law",
        node,
        "the integral of calls over time is "
            + callNanos
            + " ns, the sum of their stays "
            + stays
            + " ns");
    double busy = processor.busy();
    double service = processor.service();
    demand(
        Math.abs(busy - service) <= processor.slack() + 1e-9 * busy,
        "busy time",
        node,
        "its cores worked " + busy / 1e9 + " core-seconds, calls were served " + service / 1e9);
    demand(
        room.used() >= 0 && room.mostUsed() <= room.capacity(),
        "memory",
        node,
        "containers had up to " + room.mostUsed() + " bytes of " + room.capacity());
    demand(outOfOrder.isEmpty(), "causality", node, outOfOrder);
  }

  private void advance(long now) {
    if (now < at) {
      outOfOrder = "time went back from " + at + " ns to " + now + " ns";
    }
    callNanos += (arrivals - departures) * (now - at);
    at = now;
  }

  private static void demand(boolean kept, String law, String node, String figures) {
    if (!kept) {
      throw new IllegalStateException(
          "the simulation broke an invariant, " + law + ", on node " + node + ": " + figures);
    }
  }
}
