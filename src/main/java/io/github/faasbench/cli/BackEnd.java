package io.github.faasbench.cli;

import io.github.faasbench.metrics.Environment;
import io.github.faasbench.runner.Clusters;
import io.github.faasbench.runner.ImageOwnership;
import io.github.faasbench.runner.RunListener;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The nodes that a run goes to, and all that depends on whether they are real. */
interface BackEnd extends AutoCloseable {

  /** What the run runs on. */
  Environment environment(Instant startedAt);

  /** Node name to the id of its engine; nodes that are not in it have one of their own. */
  Map<String, String> engines();

  /** Where cells run. */
  Clusters clusters(RunListener listener);

  ImageOwnership ownership() throws IOException;

  /** What is on nodes that are not clean, and faults that are not undone; a line each. */
  default List<String> left(Set<String> unclean) {
    return List.of();
  }

  /**
   * Cleans the nodes over connections of its own, all at once: those of the run are in the hands of
   * a thread that does not answer. Blocks.
   *
   * @param cleaned told the name of each node that is clean, by any thread
   */
  default void cleanAnew(Consumer<String> cleaned) {}

  @Override
  void close() throws IOException;
}
