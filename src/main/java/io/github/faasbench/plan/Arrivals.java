package io.github.faasbench.plan;

/**
 * The calls of an open loop, one after the other, in the order in which they are due: a cursor,
 * that holds no more than the call it stands on.
 */
public interface Arrivals extends AutoCloseable {

  /** Moves to the next call; false when there is none. Reading a trace may fail here. */
  boolean next();

  /** When the call is due, in nanoseconds since the cell's start; never before the last one. */
  long dueNanos();

  /** Whose call it is: place in the cell's list of functions. */
  int function();

  /** CPU time that a trace states for the call; -1: the function's model says. */
  long execNanos();

  /** Runtime start that a trace states for a call in a new container; -1: the model says. */
  long initNanos();

  @Override
  default void close() {}
}
