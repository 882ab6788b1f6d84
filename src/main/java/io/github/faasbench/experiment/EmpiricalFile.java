package io.github.faasbench.experiment;

import io.github.faasbench.files.PlainFile;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads the values of an empirical distribution: a column of seconds in a CSV file with a header.
 */
final class EmpiricalFile {

  /** Beyond, a sample of the values says as much and does not fill the memory. */
  private static final int MOST_VALUES = 10_000_000;

  private static final double LONGEST_SECONDS = 366 * 86_400.0;

  private EmpiricalFile() {}

  /**
   * @param name of the file, for messages
   * @throws IllegalArgumentException with what is wrong: file, line, column
   */
  static double[] read(Path file, String name, String column) {
    var format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader reader = PlainFile.table(file);
        CSVParser rows = CSVParser.parse(reader, format)) {
      if (!rows.getHeaderNames().contains(column)) {
        throw new IllegalArgumentException(
            name
                + ":1: no column "
                + Problems.quote(column)
                + Problems.allowed(rows.getHeaderNames()));
      }
      var values = new double[16];
      int count = 0;
      for (CSVRecord row : rows) {
        if (count == values.length) {
          values = Arrays.copyOf(values, 2 * count);
        }
        String text = row.isSet(column) ? row.get(column).strip() : "";
        values[count++] = seconds(text, name + ":" + rows.getCurrentLineNumber());
        if (count > MOST_VALUES) {
          throw new IllegalArgumentException(name + ": more than " + MOST_VALUES + " rows");
        }
      }
      if (count == 0) {
        throw new IllegalArgumentException(name + ": no row but the header");
      }
      return Arrays.copyOf(values, count);
    } catch (IOException | UncheckedIOException e) {
      throw new IllegalArgumentException(
          name + ": can't be read as CSV (" + FileErrors.of(e) + ")");
    }
  }

  private static double seconds(String text, String where) {
    double seconds = Double.NaN;
    try {
      seconds = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      seconds = Double.NaN;
    }
    if (seconds >= 0 && seconds <= LONGEST_SECONDS) {
      return seconds;
    }
    String wanted = seconds < 0 ? "can't be negative" : "is no number of seconds";
    throw new IllegalArgumentException(where + ": " + Problems.quote(text) + " " + wanted);
  }
}
