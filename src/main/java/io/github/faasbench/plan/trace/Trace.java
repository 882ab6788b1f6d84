package io.github.faasbench.plan.trace;

import java.util.List;

/** A trace that was read once: what is in it, and its calls as often as they are wanted. */
public interface Trace {

  /** More are rather a column of something else, and would fill the memory. */
  int MOST_FUNCTIONS = 200_000;

  /** Those of its functions that were asked for, in the order in which the trace has them. */
  List<TraceFunction> functions();

  /** When the last of their calls comes, at most, in nanoseconds since the trace's start. */
  long lengthNanos();

  /**
   * Their calls.
   *
   * @param seed of what the trace leaves open
   */
  TraceCalls open(long seed);

  /** All of their calls. */
  default long calls() {
    return functions().stream().mapToLong(TraceFunction::calls).sum();
  }

  /**
   * Reads a trace once, from end to end.
   *
   * @throws TraceException when something in it is wrong
   */
  static Trace read(TraceSource source) {
    return switch (source.format()) {
      case AZURE2019 -> MinuteTrace.read(source);
      case SIMPLE, AZURE2021 -> CallTrace.read(source);
    };
  }
}
