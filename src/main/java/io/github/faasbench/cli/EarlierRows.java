package io.github.faasbench.cli;

import io.github.faasbench.metrics.ContainerLife;
import io.github.faasbench.metrics.ContainerLives;
import io.github.faasbench.metrics.CsvRecords;
import io.github.faasbench.metrics.Invocation;
import io.github.faasbench.metrics.Journaled;
import io.github.faasbench.metrics.RecordSink;
import io.github.faasbench.metrics.RecordsException;
import io.github.faasbench.metrics.RowProblem;
import io.github.faasbench.metrics.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a run that goes on had measured before: read back, so that its summary is of all of it. */
final class EarlierRows {

  private EarlierRows() {}

  /**
   * Hands on a run's rows and the lives of its containers.
   *
   * @throws RecordsException a file can't be read
   */
  static void of(Path csv, RunFolder run, Journaled journal, RecordSink sink) throws IOException {
    long[] read = {0};
    try {
      CsvRecords.stream(
          csv,
          row -> {
            if (row.run().equals(run.id())) {
              read[0]++;
              accept(row, sink);
            }
          },
          problem -> {}); // which run's it is, is not known: the count tells
      if (Files.exists(run.containersFile())) {
        ContainerLives.stream(
            run.containersFile(), life -> accept(life, sink), EarlierRows::refuse);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    long written = journal.ended().values().stream().mapToLong(Journaled.Rows::count).sum();
    if (read[0] != written) {
      throw new RecordsException(
          csv
              + ": of the "
              + written
              + " rows that run "
              + run.id()
              + " had written, "
              + read[0]
              + " can be read; put the file back, or start anew without --resume");
    }
  }

  private static void accept(Invocation row, RecordSink sink) {
    try {
      sink.accept(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void accept(ContainerLife life, RecordSink sink) {
    try {
      sink.ended(life);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void refuse(RowProblem problem) {
    throw new UncheckedIOException(
        new RecordsException(problem + "; put the file back, or start anew without --resume"));
  }
}
