package io.github.faasbench.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that version 0.1 began. */
class OlderCsvTest {

  /** The first line as version 0.1 wrote it. */
  private static final String HEADER =
      """
      experiment,run,cell,repetition,invocation,function,image,policy,warming,keep_alive,workload,\
      backend,mode,node,attempts,outcome,exit_code,error,arrived_at,latency_s,lag_s,queue_s,\
      select_s,pull_s,start_s,exec_s,transport_s,pulled_bytes,layers_present,cleanup_s,\
      cpu_percent,ram_percent,load_age_s,in_flight
      """;

  @TempDir Path out;

  private Path csv() {
    return out.resolve("metrics.csv");
  }

  private Optional<OlderCsv> moved(String text) throws IOException {
    Files.writeString(csv(), text);
    return OlderCsv.moveAside(csv());
  }

  @Test
  void itIsMovedToAFreeNameWithoutAChangeAndANewOneCanBegin() throws IOException {
    String torn = HEADER + "e,r,c,1,1,half a row";
    for (String name : new String[] {"metrics-0.1.csv", "metrics-0.1-2.csv", "metrics-0.1-3.csv"}) {
      OlderCsv older = moved(torn + name).orElseThrow();
      assertThat(older).isEqualTo(new OlderCsv("0.1", out.resolve(name)));
      assertThat(out.resolve(name)).hasContent(torn + name);
      assertThat(older.notice(csv()))
          .isEqualTo(
              csv()
                  + ": has the columns of faasbench 0.1, and this version's rows have more: it is"
                  + " now "
                  + name
                  + ", which every command reads, and a new metrics.csv begins");
      assertThat(csv()).doesNotExist();
    }
    CsvSink.open(csv(), true).close();
    assertThat(Files.readAllLines(csv())).containsExactly(String.join(",", Column.headers()));
  }

  @Test
  void windowsLineEndsMakeNoDifference() throws IOException {
    assertThat(moved(HEADER.replace("\n", "\r\n") + "e,r\r\n")).isPresent();
  }

  @Test
  void aHeaderThatACrashCutIsOursWhereverItWasCut() throws IOException {
    for (String cut : new String[] {"", "exp", HEADER.strip(), HEADER.strip() + ",host_c"}) {
      assertThat(moved(cut)).as(cut).isEmpty();
      CsvSink.open(csv(), true).close();
      assertThat(Files.readAllLines(csv())).containsExactly(String.join(",", Column.headers()));
    }
  }

  @Test
  void nothingElseIsMoved() throws IOException {
    String today = String.join(",", Column.headers()) + "\n";
    assertThat(moved(today)).isEmpty();
    for (String foreign :
        new String[] {
          "time,latency\n1,2\n",
          HEADER.replace(",in_flight", ""),
          HEADER.replace(",in_flight", ",in_flight,mine"),
          HEADER.replace("in_flight", "inflight"),
          "\uFEFF" + HEADER
        }) {
      assertThat(moved(foreign)).as(foreign).isEmpty();
      assertThatThrownBy(() -> CsvSink.open(csv(), true))
          .hasMessageContaining("the first line is not the header of this version's records");
      assertThat(Files.readString(csv())).isEqualTo(foreign);
    }
    Files.delete(csv());
    assertThat(OlderCsv.moveAside(csv())).isEmpty();
    Files.createDirectory(csv());
    assertThat(OlderCsv.moveAside(csv())).isEmpty();
  }

  @Test
  void aDanglingLinkIsNoFreeName() throws IOException {
    Files.createSymbolicLink(out.resolve("metrics-0.1.csv"), out.resolve("nowhere"));
    assertThat(moved(HEADER).orElseThrow().movedTo()).isEqualTo(out.resolve("metrics-0.1-2.csv"));
    assertThat(out.resolve("nowhere")).doesNotExist();
  }

  @Test
  void whoReadsItMeanwhileReadsOn() throws IOException {
    Files.writeString(csv(), HEADER + "first\nsecond\n");
    try (BufferedReader reader = Files.newBufferedReader(csv())) {
      reader.readLine();
      assertThat(OlderCsv.moveAside(csv())).isPresent();
      CsvSink.open(csv(), true).close();
      assertThat(reader.lines()).containsExactly("first", "second");
    }
  }
}
