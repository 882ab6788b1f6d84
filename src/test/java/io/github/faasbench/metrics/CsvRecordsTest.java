package io.github.faasbench.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.faasbench.random.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
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
            CSV:7: has 40 of 39 cells: the line is cut off or damaged
            CSV:8: quotes do not match: the line is cut off or damaged
            CSV:9: has 7 of 39 cells: the line is cut off or damaged\
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
            new RowProblem(
                csv,
                1,
                "not a CSV of faasbench; its columns are time, latency; name those that hold ours"
                    + " with --columns latency_s=THEIRS,function=THEIRS,…; no row of this file is"
                    + " used"));
    write(header.replace(",latency_s", ""), row);
    assertThat(CsvRecords.read(csv).problems().get(0).problem())
        .isEqualTo("columns are missing: latency_s; no row of this file is used");
  }

  @Test
  void aFileOfAnotherVersionIsReadWithWhatItHas() throws IOException {
    write(header.replace(",cleanup_s", ""), row.replace(",0.250000,", ","));
    CsvRecords read = CsvRecords.read(csv);
    assertThat(read.rows()).hasSize(1);
    assertThat(read.rows().get(0).cleanupSeconds()).isNaN();
    assertThat(read.problems())
        .containsExactly(
            new RowProblem(csv, 1, "columns are missing and count as not measured: cleanup_s"));
  }

  @Test
  void anOlderVersionsFileIsReadWithoutAWord() throws IOException {
    String old = header.substring(0, header.indexOf(",host_containers"));
    String oldRow = row.substring(0, row.length() - ",,,,,".length());
    write(old, oldRow, header, row, old, oldRow);
    CsvRecords read = CsvRecords.read(csv);
    assertThat(read.problems()).isEmpty();
    assertThat(read.rows()).hasSize(3).containsOnly(SampleRows.row().build());
    write(old + "\r", oldRow + "\r");
    assertThat(CsvRecords.read(csv))
        .isEqualTo(new CsvRecords(read.rows().subList(0, 1), List.of()));
    write(old.replace(",in_flight", ""), oldRow.substring(0, oldRow.lastIndexOf(',')));
    assertThat(CsvRecords.read(csv).problems().get(0).problem())
        .startsWith("columns are missing and count as not measured: in_flight, host_containers");
  }

  @Test
  void aPeriodIsOneOfTwoWordsAndAnotherToolsPeriodIsNoneOfOurs() throws IOException {
    write(header, row + "warm-up", row + "measured", row, row + "later");
    CsvRecords read = CsvRecords.read(csv);
    assertThat(read.rows())
        .extracting(Invocation::period)
        .containsExactly(
            Invocation.Period.WARM_UP, Invocation.Period.MEASURED, Invocation.Period.NONE);
    assertThat(read.problems())
        .containsExactly(
            new RowProblem(csv, 5, "period is `later`; expected warm-up, measured, or empty"));
    write("duration,period", "1.5,2026-01");
    List<Invocation> rows = new ArrayList<>();
    CsvRecords.stream(csv, ColumnMap.parse(List.of("latency_s=duration")), rows::add, p -> {});
    assertThat(rows).extracting(Invocation::period).containsExactly(Invocation.Period.NONE);
  }

  @Test
  void filesPutTogetherAreReadEachByItsOwnHeader() throws IOException {
    write(
        header,
        row,
        header.replace(",load_age_s", ""),
        row.replace(",0.000001,", ","),
        header,
        row);
    CsvRecords read = CsvRecords.read(csv);
    assertThat(read.rows().stream().map(Invocation::loadAgeSeconds))
        .containsExactly(0.000001, Double.NaN, 0.000001);
    assertThat(read.problems()).hasSize(1);
  }

  @Test
  void anotherToolsColumnsAreMappedWithTheirUnits() throws IOException {
    write("started,name,duration_ms,strategy", "1769851800.5,fib,1500,rr", "x,fib,1500,rr");
    ColumnMap map =
        ColumnMap.parse(
            List.of(
                "latency_s=duration_ms/1000",
                "function=name",
                "policy=strategy",
                "arrived_at=started"));
    List<Invocation> rows = new ArrayList<>();
    List<RowProblem> problems = new ArrayList<>();
    CsvRecords.stream(csv, map, rows::add, problems::add);
    assertThat(rows).hasSize(1);
    Invocation one = rows.get(0);
    assertThat(one.latencySeconds()).isEqualTo(1.5);
    assertThat(one.function()).isEqualTo("fib");
    assertThat(one.policy()).isEqualTo("rr");
    assertThat(one.experiment()).isEqualTo("metrics");
    assertThat(one.outcome()).isEqualTo(Invocation.Outcome.OK);
    assertThat(one.arrivedAt()).isEqualTo("2026-01-31T09:30:00.500Z");
    assertThat(one.queueSeconds()).isNaN();
    assertThat(problems.get(0).toString())
        .startsWith(csv + ":3: arrived_at is `x`; expected a time such as");
  }

  @Test
  void aMapThatCannotBeMeantIsRefused() throws IOException {
    assertThatThrownBy(() -> ColumnMap.parse(List.of("latency=x")))
        .isInstanceOf(RecordsException.class)
        .hasMessageStartingWith("--columns: no column `latency`; there are experiment, run,");
    assertThatThrownBy(() -> ColumnMap.parse(List.of("latency_s")))
        .hasMessageStartingWith("--columns: `latency_s` is no pair; write OURS=THEIRS");
    write("a,b", "1,2");
    List<RowProblem> problems = new ArrayList<>();
    CsvRecords.stream(csv, ColumnMap.parse(List.of("latency_s=c")), row -> {}, problems::add);
    assertThat(problems.get(0).problem())
        .startsWith("columns are missing: c; its columns are a, b; name those");
  }

  @Test
  void plainNumbersAndTimesAreReadAsJavaReadsThem() {
    for (String number : List.of("0.000001", "2.000000", "123456789.123456", "-0.5", "7", "3.")) {
      assertThat(CellNumbers.plainDecimal(number)).isEqualTo(Double.parseDouble(number));
    }
    for (String other : List.of("-", ".5", "1.2.3", "1e3", "1234567890.1234567", "1d", " 1")) {
      assertThat(CellNumbers.plainDecimal(other)).as(other).isNaN();
    }
    CellNumbers numbers = new CellNumbers();
    for (String time :
        List.of(
            "2026-01-31T09:30:00.123456Z",
            "2026-01-31T23:59:59.999999Z",
            "1969-12-31T00:00:00.000001Z",
            "2026-02-01T00:00:00Z")) {
      assertThat(numbers.instant(time)).isEqualTo(Instant.parse(time));
    }
    assertThatThrownBy(() -> numbers.instant("2026-02-30T00:00:00.000000Z"))
        .isInstanceOf(DateTimeException.class);
  }

  @Test
  void aFileSavedBySpreadsheetWithMarkReturnsAndAnotherColumnIsRead() throws IOException {
    Files.writeString(csv, "\uFEFF" + header + ",remark\r\n" + row + ",mine\r\n");
    CsvRecords read = CsvRecords.read(csv);
    assertThat(read.problems()).isEmpty();
    assertThat(read.rows()).hasSize(1);
  }

  @Test
  void cellsAreThoseOfCommonsCsvWhateverTheLine() {
    var random = new Stream(7);
    String[] parts = {",", ",", "\"", "\"\"", "a", " ", ",\"a", "b\",", "x,\"y,z\",", "=1", "'"};
    int damaged = 0;
    for (int i = 0; i < 20_000; i++) {
      var line = new StringBuilder("c");
      for (int n = random.nextInt(9); n >= 0; n--) {
        line.append(parts[random.nextInt(parts.length)]);
      }
      List<String> expected = cellsOrNull(() -> CsvRecords.cellsByLibrary(line.toString()));
      damaged += expected == null ? 1 : 0;
      assertThat(cellsOrNull(() -> CsvRecords.cells(line.toString())))
          .as(line.toString())
          .isEqualTo(expected);
    }
    assertThat(damaged).isBetween(1_000, 10_000);
  }

  private static List<String> cellsOrNull(Supplier<List<String>> cells) {
    try {
      return cells.get();
    } catch (BadRow e) {
      return null;
    }
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
