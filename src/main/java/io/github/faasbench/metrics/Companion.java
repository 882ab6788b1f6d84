package io.github.faasbench.metrics;

import io.github.faasbench.files.OwnFiles;
import io.github.faasbench.words.FileErrors;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;

/** A CSV of its own in the run's folder, beside the records; made when its first row comes. */
public final class Companion implements AutoCloseable {

  private final Path file;
  private final List<String> header;
  private FileChannel channel;
  private CSVPrinter printer;

  /** One that appends to the file, or will make it. */
  public Companion(Path file, List<String> header) {
    this.file = file;
    this.header = header;
  }

  /** The file's name. */
  public String name() {
    return file.getFileName().toString();
  }

  /** Adds a row; seconds are numbers, written with microseconds. */
  public void row(List<?> cells) throws RecordsException {
    written(
        () -> {
          if (printer == null) {
            open();
          }
          printer.printRecord(
              cells.stream()
                  .map(cell -> cell instanceof Double seconds ? CsvText.seconds(seconds) : cell)
                  .toList());
        });
  }

  private void open() throws IOException {
    channel =
        OwnFiles.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    printer =
        new CSVPrinter(
            new BufferedWriter(
                new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8)),
            CsvSink.FORMAT);
    if (channel.size() == 0) {
      printer.printRecord(header);
    }
  }

  /** What was added is in the file. */
  public void flush() throws RecordsException {
    if (printer != null) {
      written(printer::flush);
    }
  }

  /** What was added is on disk. */
  void force() throws RecordsException {
    if (printer != null) {
      written(
          () -> {
            printer.flush();
            channel.force(false);
          });
    }
  }

  /** How many bytes the file has; 0: there is none. */
  public long size() throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /**
   * Moves what was added since it had that size.
   *
   * @param aside the file that gets it, after a header; not made when there is nothing
   */
  void cut(long size, Path aside) throws IOException {
    long now = size();
    if (now < size) {
      throw new RecordsException(
          file
              + ": has "
              + now
              + " bytes, and the run had written "
              + size
              + " before the cell that it stopped in: the file was changed since, and the run can't"
              + " go on with it; put it back, or start anew without --resume");
    }
    if (now > size) {
      move(size, now, aside);
    }
    if (size == 0) {
      OwnFiles.remove(file);
    }
  }

  private void move(long size, long now, Path aside) throws IOException {
    try (FileChannel from = OwnFiles.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileChannel to =
            OwnFiles.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      if (size > 0) {
        OwnFiles.writeFully(
            to,
            ByteBuffer.wrap((String.join(",", header) + "\n").getBytes(StandardCharsets.UTF_8)));
      }
      for (long at = size; at < now; ) {
        at += from.transferTo(at, now - at, to);
      }
      to.force(true);
      OwnFiles.forceFolder(aside.getParent());
      from.truncate(size);
      from.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    if (printer != null) {
      written(printer::close);
    }
  }

  private interface Write {
    void run() throws IOException;
  }

  private void written(Write write) throws RecordsException {
    try {
      write.run();
    } catch (IOException e) {
      throw new RecordsException(
          file + ": a row cannot be written (" + FileErrors.of(e) + "); make room and --resume", e);
    }
  }
}
