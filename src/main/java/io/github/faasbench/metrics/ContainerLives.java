package io.github.faasbench.metrics;

import io.github.faasbench.files.LineTooLong;
import io.github.faasbench.files.PlainFile;
import io.github.faasbench.metrics.ContainerLife.End;
import io.github.faasbench.metrics.ContainerLife.MadeBy;
import io.github.faasbench.words.FileErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads {@code containers.csv} row by row, without keeping it. */
public final class ContainerLives {

  private ContainerLives() {}

  /**
   * Reads a file. Lines that can't be used are told and passed over.
   *
   * @throws RecordsException it is absent, can't be read or has other columns
   */
  public static void stream(Path file, Consumer<ContainerLife> lives, Consumer<RowProblem> problems)
      throws RecordsException {
    var format = CsvSink.FORMAT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (var reader = PlainFile.table(file);
        CSVParser parser = format.parse(reader)) {
      if (!parser.getHeaderNames().containsAll(ContainersSink.header())) {
        throw new RecordsException(
            file + ":1: the first line is not the header of the lives of containers");
      }
      for (CSVRecord row : parser) {
        ContainerLife life;
        try {
          life = life(row);
        } catch (IllegalArgumentException | DateTimeException e) {
          String why = "not a container's life: " + CsvText.oneLine(String.valueOf(e.getMessage()));
          problems.accept(new RowProblem(file, parser.getCurrentLineNumber(), why));
          continue;
        }
        lives.accept(life);
      }
    } catch (RecordsException e) {
      throw e;
    } catch (UncheckedIOException e) {
      throw new RecordsException(e.getCause().getMessage(), e);
    } catch (LineTooLong e) {
      throw new RecordsException(e.getMessage(), e);
    } catch (IOException e) {
      throw new RecordsException(file + ": cannot be read (" + FileErrors.of(e) + ")", e);
    } catch (IllegalStateException e) {
      throw new RecordsException(file + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private static ContainerLife life(CSVRecord row) {
    var cell =
        new ContainerLife.Cell(
            text(row, "experiment"),
            row.get("run"),
            row.get("cell"),
            Integer.parseInt(row.get("repetition")),
            text(row, "policy"),
            text(row, "warming"),
            text(row, "keep_alive"),
            text(row, "workload"));
    String firstUse = row.get("first_used_at");
    String memory = row.get("memory_bytes");
    return new ContainerLife(
        cell,
        text(row, "function"),
        text(row, "node"),
        text(row, "container"),
        one(MadeBy.values(), MadeBy::text, row.get("made_by")),
        Instant.parse(row.get("created_at")),
        Instant.parse(row.get("ready_at")),
        firstUse.isEmpty() ? null : Instant.parse(firstUse),
        Long.parseLong(row.get("uses")),
        Double.parseDouble(row.get("busy_s")),
        Double.parseDouble(row.get("idle_s")),
        memory.isEmpty() ? 0 : Long.parseLong(memory),
        Instant.parse(row.get("ended_at")),
        one(End.values(), End::text, row.get("ended_by")));
  }

  private static String text(CSVRecord row, String column) {
    return CsvText.unguarded(row.get(column));
  }

  private static <T> T one(T[] all, Function<T, String> text, String wanted) {
    for (T value : all) {
      if (text.apply(value).equals(wanted)) {
        return value;
      }
    }
    throw new IllegalArgumentException("unknown word '" + wanted + "'");
  }
}
