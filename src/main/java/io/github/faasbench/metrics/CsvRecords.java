package io.github.faasbench.metrics;

import io.github.faasbench.files.LineTooLong;
import io.github.faasbench.files.PlainFile;
import io.github.faasbench.words.FileErrors;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The records read from one or more CSV files, in the order of the files and their lines, with the
 * lines that could not be used. What is readable is used.
 */
public record CsvRecords(List<Invocation> rows, List<RowProblem> problems) {

  public CsvRecords {
    rows = List.copyOf(rows);
    problems = List.copyOf(problems);
  }

  /**
   * Reads whole files.
   *
   * @throws RecordsException a file is absent or can't be read
   */
  public static CsvRecords read(Path... files) throws RecordsException {
    List<Invocation> rows = new ArrayList<>();
    List<RowProblem> problems = new ArrayList<>();
    for (Path file : files) {
      stream(file, rows::add, problems::add);
    }
    return new CsvRecords(rows, problems);
  }

  /**
   * Reads one file row by row, without keeping it. Every row is one line, so that a torn line
   * spoils no other.
   *
   * @throws RecordsException the file is absent or can't be read
   */
  public static void stream(Path file, Consumer<Invocation> rows, Consumer<RowProblem> problems)
      throws RecordsException {
    stream(file, ColumnMap.NONE, rows, problems);
  }

  /** The same, of a file whose columns may have other names. */
  public static void stream(
      Path file, ColumnMap map, Consumer<Invocation> rows, Consumer<RowProblem> problems)
      throws RecordsException {
    try (BufferedReader reader = PlainFile.lines(file)) {
      String header = reader.readLine();
      if (header == null) {
        problems.accept(new RowProblem(file, 1, "the file is empty: no header, no rows"));
        return;
      }
      RowParser parser = parser(file, 1, header.replaceFirst("^\uFEFF", ""), map, problems);
      long number = 1;
      for (String line = reader.readLine();
          line != null && parser != null;
          line = reader.readLine()) {
        number++;
        if (RowParser.isHeader(line)) {
          parser = parser(file, number, line, map, problems);
          continue;
        }
        readLine(file, number, line, parser, rows, problems);
      }
    } catch (LineTooLong e) {
      throw new RecordsException(e.getMessage(), e);
    } catch (IOException e) {
      throw new RecordsException(file + ": cannot be read (" + FileErrors.of(e) + ")", e);
    }
  }

  private static RowParser parser(
      Path file, long number, String header, ColumnMap map, Consumer<RowProblem> problems) {
    List<String> names;
    try {
      names = cells(header);
    } catch (BadRow e) {
      names = List.of(header.split(",", -1));
    }
    return RowParser.forHeader(file, number, names, map, problems);
  }

  private static void readLine(
      Path file,
      long number,
      String line,
      RowParser parser,
      Consumer<Invocation> rows,
      Consumer<RowProblem> problems) {
    if (line.isBlank()) {
      return;
    }
    Invocation row;
    try {
      row = parser.parse(cells(line));
    } catch (BadRow e) {
      problems.accept(new RowProblem(file, number, e.getMessage()));
      return;
    }
    rows.accept(row);
  }

  /**
   * The cells of a line. The library makes a buffer of 16 KB for each line that it reads, so only
   * what is quoted oddly goes there.
   *
   * @throws BadRow the line is damaged
   */
  static List<String> cells(String line) {
    List<String> cells = new ArrayList<>(40);
    int length = line.length();
    for (int at = 0; ; ) {
      boolean quoted = at < length && line.charAt(at) == '"';
      int end = line.indexOf(quoted ? '"' : ',', quoted ? at + 1 : at);
      if (end < 0) {
        end = length;
        if (quoted) {
          return cellsByLibrary(line);
        }
      }
      cells.add(line.substring(quoted ? at + 1 : at, end));
      end += quoted ? 1 : 0;
      if (end == length) {
        return cells;
      }
      if (line.charAt(end) != ',') {
        return cellsByLibrary(line); // a quote inside quotes
      }
      at = end + 1;
    }
  }

  static List<String> cellsByLibrary(String line) {
    try (CSVParser parser = CSVParser.parse(line, CsvSink.FORMAT)) {
      CSVRecord one = parser.iterator().next();
      return one.toList();
    } catch (IOException | RuntimeException e) {
      throw new BadRow("quotes do not match: the line is cut off or damaged");
    }
  }
}
