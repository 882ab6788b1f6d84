package io.github.faasbench.cluster.ssh;

import java.util.concurrent.TimeUnit;

/**
 * How long a node has for what it is asked; the loop's. One that let a time pass has less for the
 * next list or removal, until it has removed something: to clean a silent node must end.
 */
final class Limits {
  /** A call whose container is removed has ended by then, or is taken for lost. */
  static final long KILLED_NANOS = TimeUnit.SECONDS.toNanos(4);

  /** A load: two questions to the script, of which each has its own limit. */
  static final long LOAD_NANOS = TimeUnit.SECONDS.toNanos(25);

  /** A container to be created, started, and to take calls. */
  static final long START_NANOS = TimeUnit.SECONDS.toNanos(180);

  /** The facts for the environment: some twenty short questions. */
  static final long FACTS_NANOS = TimeUnit.SECONDS.toNanos(120);

  /** A list of what is there, or a removal: at first, and after a time or several that passed. */
  private static final long[] CLEANING_SECONDS = {30, 10, 5};

  private int passed;

  /** For a list or a removal. */
  long cleaningNanos() {
    int place = Math.min(passed, CLEANING_SECONDS.length - 1);
    return TimeUnit.SECONDS.toNanos(CLEANING_SECONDS[place]);
  }

  /** It has removed something. */
  void removed() {
    passed = 0;
  }

  /** It did not answer in time. */
  void passed() {
    passed++;
  }
}
