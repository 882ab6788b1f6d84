package io.github.faasbench.policy;

/** What is prepared on a node before the load. */
public interface WarmingPolicy {

  Preparation preparation();

  /** How a node is prepared for a function. */
  enum Preparation {
    /** Not at all; a call pulls the image, runs and removes it again. */
    NOTHING,
    /** The image is pulled. */
    IMAGE,
    /** A container waits. */
    CONTAINER
  }
}
