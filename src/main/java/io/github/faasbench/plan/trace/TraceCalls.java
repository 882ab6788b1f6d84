package io.github.faasbench.plan.trace;

/** The calls of a trace in the order of arrival: a cursor, that never holds the whole trace. */
public interface TraceCalls extends AutoCloseable {

  /** Moves to the next call; false when there is none. */
  boolean next();

  /** When it came, in nanoseconds since the trace's start. */
  long arrivalNanos();

  /** Place in the list of the trace's functions. */
  int function();

  /** How long it ran; -1: the trace does not say. */
  long execNanos();

  /** How much longer it ran in a new container; -1: the trace does not say. */
  long initNanos();

  @Override
  void close();
}
