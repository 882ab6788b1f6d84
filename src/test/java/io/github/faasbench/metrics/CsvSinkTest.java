package io.github.faasbench.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvSinkTest {

  private static final String HEADER =
      """
      experiment,run,cell,repetition,invocation,function,image,policy,warming,keep_alive,workload,\
      backend,mode,node,attempts,outcome,exit_code,error,arrived_at,latency_s,lag_s,queue_s,\
      select_s,pull_s,start_s,exec_s,transport_s,pulled_bytes,layers_present,cleanup_s,\
      cpu_percent,ram_percent,load_age_s,in_flight,host_containers,varied,workflow,payload_bytes,period
      """;
  private static final String ROW =
      """
      scenario1,0123456789ab,fib+round-robin+cold,1,1,fib,localhost:5055/fib,round-robin,cold,none,\
      sequential,ssh,cold,ssh_node_1,1,ok,0,,2026-01-31T09:30:00.123456Z,2.000000,0.000000,0.000000,\
      0.050000,1.000000,0.400000,0.540000,0.010000,1048576,0,0.250000,12.35,,0.000001,0,,,,,
      """;

  @TempDir Path out;

  @Test
  void writesTheHeaderOnceAndOneLineARow() throws IOException {
    append(SampleRows.row().latency(2).build());
    append(SampleRows.row().latency(2).build());
    assertThat(csv()).hasContent(HEADER + ROW + ROW);
  }

  @Test
  void whatIsWrittenIsReadBackTheSame() throws IOException {
    List<Invocation> rows =
        List.of(
            SampleRows.row().latency(2).build(),
            SampleRows.row()
                .workload("closed(clients=8, think=0s)")
                .outcome(Invocation.Outcome.FAILED, "sh: \"x\", 'y' ünknown 'quoted'")
                .transport(-0.25)
                .build(),
            SampleRows.row().outcome(Invocation.Outcome.REJECTED, "").mode("").node("").build(),
            SampleRows.row().hostContainers(0).period(Invocation.Period.WARM_UP).build(),
            SampleRows.row()
                .build()
                .with(7, "arrival rate, by hand", "a>b", 1 << 30, Invocation.Period.MEASURED));
    append(rows.toArray(Invocation[]::new));
    CsvRecords read = CsvRecords.read(csv());
    assertThat(read.problems()).isEmpty();
    assertThat(read.rows()).isEqualTo(rows);
  }

  @Test
  void textThatASpreadsheetWouldRunIsWrittenAsTextAndReadBackWithoutTheApostrophe()
      throws IOException {
    for (String text :
        List.of("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "'=1", "''@x", "'x", " =1", "' =1")) {
      assertThat(CsvText.unguarded(CsvText.text(text))).isEqualTo(text);
    }
    append(SampleRows.row().function("=1+1").outcome(Invocation.Outcome.LOST, "\t@x\r\ny").build());
    String line = Files.readAllLines(csv()).get(1);
    assertThat(line).contains(",'=1+1,").contains(",' @x  y,");
    assertThat(CsvRecords.read(csv()).rows().get(0).function()).isEqualTo("=1+1");
  }

  @Test
  void anErrorOverManyLinesStaysOneRow() throws IOException {
    append(SampleRows.row().outcome(Invocation.Outcome.FAILED, "a\nb\u2028c\u001b[2Jd").build());
    assertThat(Files.readAllLines(csv())).hasSize(2);
    assertThat(CsvRecords.read(csv()).rows().get(0).error()).isEqualTo("a b c [2Jd");
  }

  @Test
  void aTornLastLineIsMovedAsideAndSaidSo() throws IOException {
    append(SampleRows.row().latency(2).build());
    Files.writeString(csv(), Files.readString(csv()) + "scenario1,01234");
    try (CsvSink sink = CsvSink.open(csv(), true)) {
      assertThat(sink.notices())
          .containsExactly(
              csv() + ": its last line was unfinished (a crash?) and is now in metrics.csv.torn-1");
      sink.accept(SampleRows.row().latency(2).build());
    }
    assertThat(csv()).hasContent(HEADER + ROW + ROW);
    assertThat(out.resolve("metrics.csv.torn-1")).hasContent("scenario1,01234");
  }

  @Test
  void aTornHeaderIsWrittenAnew() throws IOException {
    Files.writeString(csv(), "experiment,run,ce");
    append(SampleRows.row().latency(2).build());
    assertThat(csv()).hasContent(HEADER + ROW);
  }

  @Test
  void aFileWithAnotherHeaderIsLeftAlone() throws IOException {
    Files.writeString(csv(), "time,latency\n1,2\n");
    assertThatThrownBy(() -> CsvSink.open(csv(), true))
        .isInstanceOf(RecordsException.class)
        .hasMessage(
            csv()
                + ":1: the first line is not the header of this version's records, so nothing is"
                + " appended; move the file away, or choose another folder with --out DIR");
    assertThat(csv()).hasContent("time,latency\n1,2\n");
    FolderLock.acquire(out).close();
  }

  @Test
  void aSecondWriterOfTheFolderIsTurnedAway() throws IOException {
    try (CsvSink first = CsvSink.open(csv(), true)) {
      assertThatThrownBy(() -> CsvSink.open(csv(), true))
          .isInstanceOf(RecordsException.class)
          .hasMessageStartingWith(out + ": another faasbench run is writing to this folder");
      assertThat(first.notices()).isEmpty();
    }
    CsvSink.open(csv(), true).close();
  }

  @Test
  void anotherProcessIsTurnedAwayToo() throws Exception {
    try (CsvSink first = CsvSink.open(csv(), true)) {
      Process second =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  SecondWriter.class.getName(),
                  csv().toString())
              .redirectErrorStream(true)
              .start();
      assertThat(new String(second.getInputStream().readAllBytes(), UTF_8))
          .contains("another faasbench run is writing to this folder");
      assertThat(second.waitFor()).isZero();
      assertThat(first.notices()).isEmpty();
    }
  }

  /** Opens the CSV in a process of its own and prints why it can't. */
  static final class SecondWriter {
    public static void main(String[] args) throws IOException {
      try (CsvSink sink = CsvSink.open(Path.of(args[0]), true)) {
        System.out.println("opened " + sink);
      } catch (RecordsException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void aPathThatCannotBeWrittenStopsAtOnce() throws IOException {
    Files.writeString(out.resolve("file"), "");
    assertThatThrownBy(() -> CsvSink.open(out.resolve("file/metrics.csv"), true))
        .isInstanceOf(RecordsException.class)
        .hasMessageContaining("the output folder cannot be written")
        .hasMessageContaining("--out DIR");
    Files.createDirectory(csv());
    assertThatThrownBy(() -> CsvSink.open(csv(), true))
        .isInstanceOf(RecordsException.class)
        .hasMessageContaining("is a folder");
  }

  @Test
  void rowsAreThereAtOnceOrAtTheCellsEnd() throws IOException {
    try (CsvSink sink = CsvSink.open(csv(), true)) {
      sink.accept(SampleRows.row().build());
      assertThat(Files.readAllLines(csv())).hasSize(2);
    }
    try (CsvSink sink = CsvSink.open(csv(), false)) {
      sink.accept(SampleRows.row().build());
      assertThat(Files.readAllLines(csv())).hasSize(2);
      sink.cellEnded();
      assertThat(Files.readAllLines(csv())).hasSize(3);
    }
  }

  @Test
  void theReadingOfSecondsDoesNotDependOnTheLocale() {
    assertThat(CsvText.seconds(1234.5)).isEqualTo("1234.500000");
    assertThat(CsvText.seconds(-0.0000001)).isEqualTo("0.000000");
    assertThat(CsvText.seconds(-0.5)).isEqualTo("-0.500000");
    assertThat(CsvText.seconds(Double.NaN)).isEmpty();
    assertThat(CsvText.percent(99.999)).isEqualTo("100.00");
    assertThat(CsvText.count(-1)).isEmpty();
  }

  private Path csv() {
    return out.resolve("metrics.csv");
  }

  private void append(Invocation... rows) throws IOException {
    try (CsvSink sink = CsvSink.open(csv(), true)) {
      for (Invocation row : rows) {
        sink.accept(row);
      }
    }
  }
}
