package io.github.faasbench.metrics;

import java.io.IOException;

/** Writes a companion: a CSV of its own in the run's folder, beside the records. */
public interface CompanionSink extends RecordSink {

  /** The file. */
  Companion file();

  @Override
  default void accept(Invocation invocation) throws IOException {}

  @Override
  default void cellEnded() throws IOException {
    file().force();
  }

  @Override
  default void close() throws IOException {
    file().close();
  }
}
