package io.github.faasbench.policy;

/** Which readings a policy needs before it can decide. */
public enum Needs {
  /** None: it does not look at loads. The gateway still checks the chosen node's memory. */
  NONE,
  /**
   * The chosen node's: the gateway reads it after the choice, and asks again without that node when
   * it is not eligible.
   */
  CHOSEN,
  /** All nodes', read at once in parallel before the choice. */
  ALL
}
