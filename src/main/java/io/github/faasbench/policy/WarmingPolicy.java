package io.github.faasbench.policy;

/** What is prepared on a node before the load. */
public interface WarmingPolicy {

  Preparation preparation();

  /** How a node is prepared for a function; containers that calls make and leave wait alike. */
  enum Preparation {
    /** Not at all; a call pulls the image, runs and removes it again. */
    NOTHING,
    /** The image is pulled. */
    IMAGE,
    /** A container waits; each call starts its process inside. */
    CONTAINER,
    /** A container waits in which the function's own process takes the calls. */
    RESIDENT,
    /** The same, and the container is paused between calls. */
    PAUSED
  }
}
