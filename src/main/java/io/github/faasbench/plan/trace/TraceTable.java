package io.github.faasbench.plan.trace;

import io.github.faasbench.files.PlainFile;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A CSV file of a trace, row by row, with its columns by name. */
final class TraceTable implements AutoCloseable {

  /** Far above any trace, and nanoseconds still fit. */
  private static final double MOST_SECONDS = 100 * 366 * 86_400.0;

  /** Of one function in one minute. */
  private static final int MOST_CALLS = 100_000_000;

  private static final int COLUMNS_SHOWN = 12;
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setIgnoreSurroundingSpaces(true).get();

  private final Path file;
  private final CSVParser parser;
  private final Iterator<CSVRecord> rows;
  private final List<String> header;
  private CSVRecord row;

  /** Opens it and reads its header. */
  TraceTable(Path file) {
    this.file = file;
    try {
      Reader reader = PlainFile.table(file);
      parser = CSVParser.parse(reader, FORMAT);
      rows = parser.iterator();
    } catch (IOException e) {
      throw new TraceException(file + ": can't be read (" + reason(e) + ")");
    }
    if (!next()) {
      close();
      throw new TraceException(file + ": the file is empty; a header with the columns is wanted");
    }
    header = new ArrayList<>(row.toList());
    header.set(0, header.get(0).replace("\uFEFF", ""));
    for (String name : header) {
      if (header.indexOf(name) != header.lastIndexOf(name)) {
        throw problem("the column '" + name + "' is there twice");
      }
    }
  }

  List<String> header() {
    return header;
  }

  /** The place of a column that must be there. */
  int column(String name) {
    int column = header.indexOf(name);
    if (column < 0) {
      String shown = String.join(", ", header.subList(0, Math.min(COLUMNS_SHOWN, header.size())));
      String more = header.size() > COLUMNS_SHOWN ? ", …" : "";
      throw problem("no column '" + name + "'; there are: " + shown + more);
    }
    return column;
  }

  /** Moves to the next row; false when there is none. */
  boolean next() {
    try {
      if (!rows.hasNext()) {
        return false;
      }
      row = rows.next();
    } catch (UncheckedIOException | IllegalStateException e) {
      throw problem("can't be read as CSV (" + reason(e) + ")");
    }
    if (header != null && row.size() != header.size()) {
      throw problem(row.size() + " values in a row of " + header.size() + " columns");
    }
    return true;
  }

  String text(int column) {
    String text = row.get(column);
    if (text.isEmpty()) {
      throw problem("no " + header.get(column));
    }
    return text;
  }

  /** A number of at least 0. */
  double number(int column) {
    String text = row.get(column);
    double number;
    try {
      number = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      number = Double.NaN;
    }
    if (number < 0) {
      throw problem(header.get(column) + " is negative: '" + text + "'");
    }
    if (!(number < Double.POSITIVE_INFINITY)) {
      throw problem(header.get(column) + " is no number: '" + text + "'");
    }
    return number;
  }

  /** A time in seconds, in nanoseconds. */
  long nanos(int column) {
    double seconds = number(column);
    if (seconds > MOST_SECONDS) {
      throw problem(header.get(column) + " is more than a century: '" + row.get(column) + "'");
    }
    return Math.round(seconds * 1e9);
  }

  /** A time in milliseconds, cut to whole ones. */
  long millis(int column) {
    double millis = number(column);
    if (millis > MOST_SECONDS * 1000) {
      throw problem(header.get(column) + " is more than a century: '" + row.get(column) + "'");
    }
    return (long) millis;
  }

  /** A whole number of at least 0. */
  int count(int column) {
    String text = row.get(column);
    if (text.equals("0")) {
      return 0;
    }
    double number = number(column);
    if (number != Math.rint(number) || number > MOST_CALLS) {
      throw problem(header.get(column) + " is no count: '" + text + "'");
    }
    return (int) number;
  }

  /** What is wrong, with file and line. */
  TraceException problem(String text) {
    return new TraceException(file + ":" + parser.getCurrentLineNumber() + ": " + text);
  }

  private static String reason(Throwable e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return FileErrors.of(cause);
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
