package io.github.faasbench.runner;

/** What makes a cell's calls. */
interface Load {

  /** Begins; calls may be made at once. */
  void start();

  /** Makes no further call. */
  void stop();

  /** Whether all calls have been made and have ended; after {@link #stop}, those that were made. */
  boolean done();
}
