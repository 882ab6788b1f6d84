package io.github.faasbench.cluster.ssh;

import java.util.concurrent.TimeUnit;

/**
 * How long a node has for what it is asked. One that let a time pass has little for the next
 * question, until it has answered one: what is to be done on a silent node must end.
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

  /** A list of what is there, or a removal. */
  private static final long USUAL_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private volatile boolean silent;

  /** For a list or a removal. */
  long cleaningNanos() {
    return silent ? SILENT_NANOS : USUAL_NANOS;
  }

  void answered() {
    silent = false;
  }

  void passed() {
    silent = true;
  }
}
