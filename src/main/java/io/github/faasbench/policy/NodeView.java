package io.github.faasbench.policy;

/** What a policy sees of a node. Valid during the call that handed it out. */
public interface NodeView {

  String name();

  /** Place in the order of registration, from 0. */
  int index();

  /** Place in the order of names, from 0. */
  int rank();

  /** Calls the gateway has there now. */
  int inFlight();

  /** CPU percent of the node's own limit; NaN without a reading. */
  double cpuPercent();

  /** Memory percent of the node's own limit; NaN without a reading. */
  double ramPercent();

  /** When the reading was taken, on the loop's clock; meaningless without one. */
  long readAtNanos();

  /** As the experiment file says; 1 by default. */
  double weight();

  /** Cores, as the experiment file says; NaN when it does not. */
  double cpu();

  /**
   * How many calls it should run at once: its slots as the experiment file says, else its cores
   * rounded up; {@link Integer#MAX_VALUE} when the file says neither.
   */
  int slots();
}
