package io.github.faasbench.policy;

/** What nodes are ranked by. */
public enum Signal {
  /** CPU percent of the node's own limit, from the newest reading. */
  CPU,
  /** Memory percent of the node's own limit, from the newest reading. */
  RAM,
  /** Calls the gateway has there now. */
  IN_FLIGHT
}
