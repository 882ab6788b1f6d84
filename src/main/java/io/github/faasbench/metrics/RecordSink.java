package io.github.faasbench.metrics;

import java.io.IOException;
import java.util.List;

/** Takes the records of a run, one by one, in the order in which the invocations ended. */
public interface RecordSink extends AutoCloseable {

  void accept(Invocation invocation) throws IOException;

  /**
   * The policy had expected something of the call whose record came last.
   *
   * @param expectedSeconds from the choice of its node to its end
   * @param tookSeconds what it came to
   */
  default void expected(Invocation invocation, double expectedSeconds, double tookSeconds)
      throws IOException {}

  /** The call whose record came last had more than one attempt, or did not succeed. */
  default void attempts(Invocation invocation, List<Attempt> attempts) throws IOException {}

  /** A container that waited for calls is gone, or its cell is over. */
  default void ended(ContainerLife life) throws IOException {}

  /** An event of the cell is over. */
  default void event(NodeEvent event) throws IOException {}

  /** A cell is done: what it wrote must be on disk. */
  default void cellEnded() throws IOException {}

  @Override
  void close() throws IOException;
}
