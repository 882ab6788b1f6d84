package io.github.faasbench.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRecordsTest {

  @TempDir Path folder;
  private Path csv;
  private String header;
  private String row;

  @BeforeEach
  void oneGoodRow() throws IOException {
    csv = folder.resolve("metrics.csv");
    try (CsvSink sink = CsvSink.open(csv, true)) {
      sink.accept(SampleRows.row().build());
    }
    header = Files.readAllLines(csv).get(0);
    row = Files.readAllLines(csv).get(1);
  }

  @Test
  void badLinesAreNamedAndTheOthersUsed() throws IOException {
    write(
        header,
        row,
        row.replace(",2.000000,", ",two,"),
        row.replace(",ok,", ",okay,"),
        "",
        row.replace("2026-01-31T", "yesterday"),
        row + ",surplus",
        row.replace(",sequential,", ",\"seq,"),
        row.substring(0, 60));
    CsvRecords read = CsvRecords.read(csv);
    assertThat(read.rows()).hasSize(1);
    assertThat(read.problems().stream().map(Object::toString).collect(Collectors.joining("\n")))
        .isEqualTo(
            """
            CSV:3: latency_s is `two`; expected a number, or empty
            CSV:4: outcome is `okay`; expected ok, failed, timeout, rejected or lost
            CSV:6: arrived_at is `yesterday09:30:00.123456Z`; expected a time such as \
            2026-01-31T09:30:00.000000Z
            CSV:7: has 35 of 34 cells: the line is cut off or damaged
            CSV:8: quotes do not match: the line is cut off or damaged
            CSV:9: has 7 of 34 cells: the line is cut off or damaged\
            """
                .replace("CSV", csv.toString()));
  }

  @Test
  void numbersThatJavaWouldTakeAndACsvShouldNotAreRefused() throws IOException {
    for (String number : List.of("NaN", "Infinity", "1d", "0x1p3", "1e999", " 1")) {
      write(header, row.replace(",2.000000,", "," + number + ","));
      assertThat(CsvRecords.read(csv).problems()).as(number).hasSize(1);
    }
  }

  @Test
  void aForeignFileGivesNoRowsAndOneProblem() throws IOException {
    write("time,latency", "1,2");
    CsvRecords read = CsvRecords.read(csv);
    assertThat(read.rows()).isEmpty();
    assertThat(read.problems())
        .containsExactly(
            new RowProblem(csv, 1, "not a CSV of faasbench; no row of this file is used"));
    write(header.replace(",lag_s", ""), "1,2");
    assertThat(CsvRecords.read(csv).problems().get(0).problem())
        .isEqualTo("columns are missing: lag_s; no row of this file is used");
  }

  @Test
  void aFileSavedBySpreadsheetWithMarkReturnsAndAnotherColumnIsRead() throws IOException {
    Files.writeString(csv, "\uFEFF" + header + ",remark\r\n" + row + ",mine\r\n");
    CsvRecords read = CsvRecords.read(csv);
    assertThat(read.problems()).isEmpty();
    assertThat(read.rows()).hasSize(1);
  }

  @Test
  void bytesThatAreNoUtf8DoNotStopTheReading() throws IOException {
    Files.write(csv, (header + "\n\u00ff\u00fe\n" + row + "\n").getBytes("ISO-8859-1"));
    CsvRecords read = CsvRecords.read(csv);
    assertThat(read.rows()).hasSize(1);
    assertThat(read.problems()).hasSize(1);
  }

  @Test
  void filesAreReadInTheOrderGivenAndAnAbsentOneIsNamed() throws IOException {
    assertThat(CsvRecords.read(csv, csv).rows()).hasSize(2);
    Path absent = folder.resolve("none.csv");
    assertThatThrownBy(() -> CsvRecords.read(absent))
        .isInstanceOf(RecordsException.class)
        .hasMessage(absent + ": cannot be read (no such file or folder)");
  }

  private void write(String... lines) throws IOException {
    Files.writeString(csv, String.join("\n", lines));
  }
}
