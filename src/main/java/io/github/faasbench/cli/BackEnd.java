package io.github.faasbench.cli;

import io.github.faasbench.metrics.Environment;
import io.github.faasbench.runner.Clusters;
import io.github.faasbench.runner.ImageOwnership;
import io.github.faasbench.runner.RunListener;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/** The nodes that a run goes to, and all that depends on whether they are real. */
interface BackEnd extends AutoCloseable {

  /** What the run runs on. */
  Environment environment(Instant startedAt);

  /** Node name to the id of its engine; nodes that are not in it have one of their own. */
  Map<String, String> engines();

  /** Where cells run. */
  Clusters clusters(RunListener listener);

  ImageOwnership ownership() throws IOException;

  @Override
  void close() throws IOException;
}
