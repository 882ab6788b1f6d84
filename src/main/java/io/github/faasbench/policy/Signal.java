package io.github.faasbench.policy;

/** What nodes are ranked by. */
public enum Signal {
  /** CPU percent of the node's own limit, from the newest reading. */
  CPU,
  /** Memory percent of the node's own limit, from the newest reading. */
  RAM,
  /** Calls the gateway has there now. */
  IN_FLIGHT,
  /** 1 where as many calls are in flight as the node has slots, or more; else 0. */
  FULL,
  /**
   * 0 where some calls are in flight, but fewer than the node has cores (else: slots); 1 where
   * none; else 2.
   */
  PACKING
}
