package io.github.faasbench.gateway;

/** Whether a node of the experiment file is in the cluster. */
enum Presence {
  PRESENT(""),
  /** It has not come yet. */
  AWAITED("is not there yet"),
  /** It takes no further call; those that run there end. */
  DRAINED("was drained"),
  /** Its calls were broken, as when a node dies. */
  REMOVED("was removed");

  /** After the node's name. */
  final String why;

  Presence(String why) {
    this.why = why;
  }
}
