package io.github.faasbench.policy;

/** Which waiting call goes first: the one with the smallest key, ties by arrival. */
public interface QueueOrder {

  /** Smaller goes first. */
  double key(Request request, long nowNanos);
}
