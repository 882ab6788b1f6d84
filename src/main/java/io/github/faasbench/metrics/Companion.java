package io.github.faasbench.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;

/** A CSV of its own in the run's folder, beside the records; made when its first row comes. */
public final class Companion implements AutoCloseable {

  private final Path file;
  private final List<String> header;
  private CSVPrinter printer;

  /** One that appends to the file, or will make it. */
  public Companion(Path file, List<String> header) {
    this.file = file;
    this.header = header;
  }

  /** Adds a row; seconds are numbers, written with microseconds. */
  public void row(List<?> cells) throws IOException {
    if (printer == null) {
      boolean isNew = !Files.exists(file);
      printer =
          new CSVPrinter(
              Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
              CsvSink.FORMAT);
      if (isNew) {
        printer.printRecord(header);
      }
    }
    printer.printRecord(
        cells.stream()
            .map(cell -> cell instanceof Double seconds ? CsvText.seconds(seconds) : cell)
            .toList());
  }

  /** What was added is in the file. */
  public void flush() throws IOException {
    if (printer != null) {
      printer.flush();
    }
  }

  @Override
  public void close() throws IOException {
    if (printer != null) {
      printer.close();
    }
  }
}
